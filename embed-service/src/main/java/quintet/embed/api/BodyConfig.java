package quintet.embed.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bodies of requests in memory. */
@ConfigMapping(prefix = "quintet.embed.bodies")
interface BodyConfig {
    /**
     * Bytes of all bodies that are read or answered at the moment, each of which takes about three times its length; raising it above a
     * quarter of the Java heap lets large requests end the process.
     */
    @WithDefault("24M")
    MemorySize maxBytes();
}
