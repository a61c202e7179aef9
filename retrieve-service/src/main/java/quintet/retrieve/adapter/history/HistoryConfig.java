package quintet.retrieve.adapter.history;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;

/** Searches that are kept, to be looked at and replayed. */
@ConfigMapping(prefix = "quintet.retrieve.history")
interface HistoryConfig {
    /** Whether searches are kept at all. What was kept before stays on the disk until it is deleted. */
    @WithDefault("true")
    boolean enabled();

    /** Folder of the searches, which have what was asked in them. Each replica needs its own. */
    Path dir();

    /** Searches that are kept, at most; beyond, the oldest eighth goes. Raising it takes about 200 bytes of memory each. */
    @WithDefault("10000")
    @Min(8)
    @Max(1_000_000)
    int maxSearches();

    /** Size of all files in MiB, at most; beyond, the oldest eighth goes. */
    @WithDefault("64")
    @Min(8)
    @Max(8192)
    int maxMegabytes();

    /** Searches that wait to be written, at most; those beyond are not kept. */
    @WithDefault("256")
    @Min(1)
    @Max(10_000)
    int queue();
}
