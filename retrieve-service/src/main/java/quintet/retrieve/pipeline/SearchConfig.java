package quintet.retrieve.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How a question is searched. */
@ConfigMapping(prefix = "quintet.retrieve.search")
interface SearchConfig {
    /** Weight of the dense list in the weighted fusion, 0 to 1; the lexical list has the rest. */
    @WithDefault("0.6")
    @DecimalMin("0")
    @DecimalMax("1")
    double denseWeight();

    /** Candidates of each list, at least; raising it lets the fusion look deeper and takes time. */
    @WithDefault("50")
    @Min(1)
    @Max(1000)
    int candidates();

    /** Time for a search whose caller has no deadline of its own, or a later one. */
    @WithDefault("5s")
    Duration timeout();

    /** Time for the query's embedding, at most; then a hybrid search goes on with words alone. */
    @WithDefault("1s")
    Duration embedTimeout();

    /** Embeddings of queries kept in memory; raising it takes about 2 KB each. */
    @WithDefault("512")
    @Min(1)
    int cachedQueries();
}
