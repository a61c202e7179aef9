package quintet.ingest.pipeline;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import quintet.ingest.port.BlobStore;
import quintet.ingest.port.DocumentRegistry;

/** Deletes the bytes that no document has any more: those of deleted documents, old versions and uploads cut short. */
@ApplicationScoped
public class BlobSweeper {
    private static final Logger LOG = Logger.getLogger(BlobSweeper.class);
    private static final Duration SETTLED = Duration.ofMinutes(10);
    private static final int BATCH = 500;

    private final BlobStore blobs;
    private final DocumentRegistry registry;

    BlobSweeper(BlobStore blobs, DocumentRegistry registry) {
        this.blobs = blobs;
        this.registry = registry;
    }

    @Scheduled(every = "${quintet.ingest.blobs.sweep-every:10m}", delayed = "1m")
    @RunOnVirtualThread
    void sweepRegularly() {
        int deleted = sweep(Instant.now().minus(SETTLED));
        if (deleted > 0) {
            LOG.infof("unused files deleted, files=%d", deleted);
        }
    }

    /** Deletes blobs without a document that were last stored before {@code before}; returns how many. */
    int sweep(Instant before) {
        List<String> old = blobs.storedBefore(before);
        int deleted = 0;
        for (int i = 0; i < old.size(); i += BATCH) {
            List<String> batch = old.subList(i, Math.min(old.size(), i + BATCH));
            for (String sha256 : registry.unreferenced(batch)) {
                boolean gone = blobs.deleteIf(
                        sha256, () -> !registry.unreferenced(List.of(sha256)).isEmpty());
                deleted += gone ? 1 : 0;
            }
        }
        return deleted;
    }
}
