package quintet.ingest.adapter.jsonl;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where bundles lie while they are read and written. */
@ConfigMapping(prefix = "quintet.ingest.bundle.files")
interface BundleConfig {
    /** Folder of this service alone; created if it is missing, emptied when the service starts. */
    Path directory();
}
