package quintet.retrieve.adapter.file;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Parts that wait for the rest of their version. */
@ConfigMapping(prefix = "quintet.retrieve.staging")
interface StagingConfig {
    /** Folder of the parts, on a disk that survives a crash. */
    Path dir();
}
