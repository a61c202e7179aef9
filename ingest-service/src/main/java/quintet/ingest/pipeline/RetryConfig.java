package quintet.ingest.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** When and how many documents may be processed again at a person's word. */
@ConfigMapping(prefix = "quintet.ingest.retry")
public interface RetryConfig {
    /** Time without progress after which a version counts as stuck. Lowering it lets work that only waits be done twice. */
    @WithDefault("10m")
    Duration stuckAfter();

    /** FAILED documents that one request takes up again; what is over the limit is taken up by the next one. */
    @WithDefault("5000")
    @Min(1)
    @Max(100_000)
    int maxDocuments();
}
