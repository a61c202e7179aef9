package quintet.ingest.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the time left of a document is estimated. */
@ConfigMapping(prefix = "quintet.ingest.estimate")
public interface EstimateConfig {
    /** How far back rates are measured. Raising it makes them steadier and slower to follow a change. */
    @WithDefault("5m")
    Duration window();

    /** How long measured rates are used before they are measured again. */
    @WithDefault("1s")
    Duration refresh();
}
