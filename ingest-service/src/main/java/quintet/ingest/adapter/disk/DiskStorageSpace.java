package quintet.ingest.adapter.disk;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import quintet.failure.Failure;
import quintet.ingest.port.StorageSpace;

/** {@link StorageSpace} of the disk that holds the blobs. */
@ApplicationScoped
class DiskStorageSpace implements StorageSpace {
    private final Path directory;

    DiskStorageSpace(DiskBlobStoreConfig config) {
        directory = config.directory();
    }

    @Override
    public long freeBytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw Failure.unavailable("BLOB_STORE_UNAVAILABLE", "the data folder does not say how much is free", e);
        }
    }
}
