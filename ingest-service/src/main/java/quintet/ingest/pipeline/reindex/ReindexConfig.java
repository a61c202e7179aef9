package quintet.ingest.pipeline.reindex;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How re-indexes go on. */
@ConfigMapping(prefix = "quintet.ingest.reindex")
public interface ReindexConfig {
    /** Documents that are copied in one transaction; writes of these documents wait for it. */
    @WithDefault("50")
    @Min(1)
    @Max(1000)
    int copyBatch();

    /** How often it is looked whether a re-index can go on. */
    @WithDefault("1s")
    Duration poll();

    /** How often a comparison is tried before it is given up and somebody has to decide. */
    @WithDefault("10")
    @Min(1)
    @Max(1000)
    int compareAttempts();

    /** How often the index is told again which generations are live, should it have lost what it was told. */
    @WithDefault("1m")
    Duration remindEvery();
}
