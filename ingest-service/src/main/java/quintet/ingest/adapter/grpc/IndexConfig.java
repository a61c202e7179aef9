package quintet.ingest.adapter.grpc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How retrieve-service is asked. */
@ConfigMapping(prefix = "quintet.ingest.index")
interface IndexConfig {
    /** Time for what is known of one document. */
    @WithDefault("3s")
    Duration timeout();

    /** Time for one page of documents. */
    @WithDefault("10s")
    Duration pageTimeout();
}
