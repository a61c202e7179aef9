package quintet.ingest.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How registry and index are compared. The interval is {@code quintet.ingest.reconcile.every}, 10m, or {@code off}. */
@ConfigMapping(prefix = "quintet.ingest.reconcile")
public interface ReconcileConfig {
    /** Time between two comparisons; a random tenth is added, so that replicas don't compare at the same moment. */
    @WithDefault("10m")
    String every();

    /** Time in which a document that has just changed is left alone. */
    @WithDefault("2m")
    Duration grace();

    /** Time after which a document that is on its way, and whose queues are empty, counts as stuck. */
    @WithDefault("10m")
    Duration stuckAfter();

    /** How often a version is repaired before it is given up; the pause before each doubles. */
    @WithDefault("3")
    @Min(1)
    @Max(100)
    int maxHeals();

    /** Documents that are compared at once. */
    @WithDefault("500")
    @Min(1)
    @Max(1000)
    int page();
}
