package quintet.ingest.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the outbox is emptied. */
@ConfigMapping(prefix = "quintet.ingest.outbox")
public interface OutboxConfig {
    /** Events published at once; each has at most 16 chunks, about 25 kB. */
    @WithDefault("32")
    @Min(1)
    @Max(1_000)
    int batch();

    /** Longest wait before looking for events that nobody announced, such as those of a process that died. */
    @WithDefault("1s")
    Duration poll();

    /** Pause after a failure; doubles with each, up to 16 times as long. */
    @WithDefault("500ms")
    Duration pause();
}
