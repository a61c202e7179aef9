package quintet.ingest.adapter.grpc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Calls to embed-service. */
@ConfigMapping(prefix = "quintet.ingest.embed")
interface EmbedConfig {
    /** Time for one batch of texts. Raising it waits longer for a busy model before the document is tried again. */
    @WithDefault("30s")
    Duration timeout();

    /** Time to name the model. */
    @WithDefault("5s")
    Duration modelTimeout();
}
