package quintet.ingest.pipeline.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How state changes are told. */
@ConfigMapping(prefix = "quintet.ingest.events")
public interface EventsConfig {
    /** Longest wait before a state change is seen. Lowering it costs a query each time, in every replica. */
    @WithDefault("200ms")
    Duration poll();

    /** Events that are read at once: what a client holds in memory. */
    @WithDefault("100")
    @Min(1)
    @Max(1_000)
    int page();

    /** Streams at once; one more is refused with OVERLOADED. */
    @WithDefault("64")
    @Min(1)
    @Max(10_000)
    int maxStreams();

    /** Longest silence on a stream; then a comment says that it lives. */
    @WithDefault("15s")
    Duration heartbeat();

    /** How long one event may wait for its reader before the stream ends with SLOW_READER. */
    @WithDefault("30s")
    Duration slowReader();

    /** Age at which events are forgotten. */
    @WithDefault("30d")
    Duration keepFor();

    /** Events that a collection keeps at most. */
    @WithDefault("100000")
    @Min(1)
    int keep();

    /** Whether events go to the broker's exchange too. */
    @WithDefault("true")
    boolean publish();
}
