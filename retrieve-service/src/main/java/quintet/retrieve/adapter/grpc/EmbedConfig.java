package quintet.retrieve.adapter.grpc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** The query's embedding. */
@ConfigMapping(prefix = "quintet.retrieve.embed")
interface EmbedConfig {
    /**
     * Characters of a query that embed-service is asked to embed at first; half of them are left out whenever it says that
     * they do not fit its model's window. Raising it lets more of a long query count and costs time.
     */
    @WithDefault("2000")
    @Min(64)
    int maxQueryLength();
}
