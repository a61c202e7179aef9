package quintet.generate.pipeline.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How prompts come to the model servers. */
@ConfigMapping(prefix = "quintet.generate.gateway")
interface GatewayConfig {
    /** Time until the first token, with the wait for a turn; then an extractive answer takes its place. */
    @WithDefault("15s")
    Duration firstTokenTimeout();

    /** Time between two tokens; then the answer fails where it is. */
    @WithDefault("10s")
    Duration betweenTokensTimeout();

    /**
     * Most streams to one server at once. A server that says that requests wait gets fewer. Raising it fills a larger batch, and
     * lets more wait inside the server, where turns are not fair.
     */
    @WithDefault("256")
    @Min(1)
    @Max(65536)
    int streamsPerReplica();

    /** Most prompts that wait for a turn; more are refused. Raising it takes memory. */
    @WithDefault("256")
    @Min(0)
    @Max(65536)
    int maxQueued();

    /** Most time that a prompt waits for its turn; what is expected to wait longer is refused at once. */
    @WithDefault("5s")
    Duration maxWait();

    /** Share of a server's streams that prompts of priority batch may take. Raising it delays those for whom somebody waits. */
    @WithDefault("0.8")
    @DecimalMin("0.01")
    @DecimalMax("1")
    double batchShare();

    /**
     * Load of the server that has a prompt's prefix, as a multiple of the mean, up to which it is preferred. Raising it finds more
     * in prefix caches and spreads load less evenly.
     */
    @WithDefault("1.25")
    @DecimalMin("1")
    @DecimalMax("100")
    double loadBound();

    /** Failures in a row after which a server is left alone. */
    @WithDefault("3")
    @Min(1)
    @Max(1000)
    int failuresToEject();

    /** Time for which it is left alone before one prompt tries it again; doubled each time that fails. */
    @WithDefault("1s")
    Duration ejection();

    /** Bound on that time. */
    @WithDefault("30s")
    Duration maxEjection();
}
