package quintet.generate.pipeline.cache;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Answers that are kept. */
@ConfigMapping(prefix = "quintet.generate.cache")
interface CacheConfig {
    /** Memory that answers may take; 0 keeps none. Raising it spares the model servers more. */
    @WithDefault("16M")
    MemorySize maxSize();

    /** Time after which an answer is written anew, since the model behind a name may be another one. */
    @WithDefault("10m")
    Duration timeToLive();
}
