package quintet.ingest.adapter.disk;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where the original bytes are kept. */
@ConfigMapping(prefix = "quintet.ingest.blobs")
interface DiskBlobStoreConfig {
    /** Folder of this service alone; created if it is missing. Holds every document once per content. */
    Path directory();
}
