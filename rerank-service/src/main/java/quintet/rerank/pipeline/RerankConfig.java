package quintet.rerank.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How candidates are ranked. */
@ConfigMapping(prefix = "quintet.rerank.ranking")
interface RerankConfig {
    /** Weight of the first stage in the fused score, 0 to 1; the cross-encoder has the rest. */
    @WithDefault("0.5")
    @DecimalMin("0")
    @DecimalMax("1")
    double firstStageWeight();

    /** Candidates of one request; raising it lets one request keep the model busy for longer. */
    @WithDefault("256")
    @Min(1)
    @Max(1024)
    int maxCandidates();

    /** Characters of a query. */
    @WithDefault("8192")
    @Min(1)
    int maxQueryCharacters();

    /** Time to score the candidates of a caller without a deadline, or with a later one. */
    @WithDefault("10s")
    Duration timeout();

    /**
     * Part of the caller's time that is kept for the way back, or a tenth of it if that is more; what is not scored before comes
     * behind.
     */
    @WithDefault("15ms")
    Duration reserve();
}
