package quintet.rerank.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** When the cross-encoder has scored enough candidates; {@code ./quintet bench rerank} measures what that costs in quality. */
@ConfigMapping(prefix = "quintet.rerank.cascade")
interface CascadeConfig {
    /** Candidates scored between two looks at the order; raising it keeps more workers busy and scores more than needed. */
    @WithDefault("16")
    @Min(1)
    @Max(1024)
    int waveSize();

    /**
     * Candidates whose highest relevance is taken for the most that those behind them reach; raising it scores more and misses less.
     * 0 stops only where the order can not change for certain, which is nearly never.
     */
    @WithDefault("8")
    @Min(0)
    @Max(1024)
    int patience();
}
