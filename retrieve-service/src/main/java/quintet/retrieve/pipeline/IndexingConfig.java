package quintet.retrieve.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How documents come into the index. */
@ConfigMapping(prefix = "quintet.retrieve.indexing")
interface IndexingConfig {
    /** Time between two looks at parts that were left behind; raising it lets them wait longer. */
    @WithDefault("60s")
    Duration sweepInterval();
}
