package quintet.ingest.pipeline.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How long the webhook is tried. */
@ConfigMapping(prefix = "quintet.ingest.webhook.retry")
public interface WebhookRetryConfig {
    /** Events of one request at most. */
    @WithDefault("100")
    @Min(1)
    @Max(1_000)
    int batch();

    /** Pause after the first attempt; doubles with each, plus up to half of it at random. */
    @WithDefault("1s")
    Duration firstPause();

    /** Longest pause. */
    @WithDefault("5m")
    Duration maxPause();

    /** Attempts at the same events before they are given up; with the defaults about an hour. */
    @WithDefault("20")
    @Min(1)
    int maxAttempts();
}
