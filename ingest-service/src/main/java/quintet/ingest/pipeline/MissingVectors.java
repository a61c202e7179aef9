package quintet.ingest.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.IngestEvent.ChunksCreated;
import quintet.ingest.port.StoredVersions;

/**
 * Has parts embedded as a whole whose unchanged chunks were not in the index after all: it was lost, or another version was
 * there by then. Nothing of a part that goes out again is marked as unchanged, so it can not come back for the same reason.
 * Blocking: call it on a virtual thread.
 */
@ApplicationScoped
public class MissingVectors {
    private static final Logger LOG = Logger.getLogger(MissingVectors.class);

    private final StoredVersions versions;
    private final OutboxDispatcher outbox;

    MissingVectors(StoredVersions versions, OutboxDispatcher outbox) {
        this.versions = versions;
        this.outbox = outbox;
    }

    /**
     * Hands a part over again, to be embedded as a whole. A version that is in the index, deleted or no longer the newest
     * needs it no more.
     */
    public void embed(DocumentRef ref, int part, int missing) {
        Optional<ChunksCreated> whole = versions.underWay(ref)
                .flatMap(stored -> ChunkEvents.of(ref, stored.given(), stored.prepared(), Set.of()).stream()
                        .filter(event -> event.part() == part)
                        .findFirst());
        if (whole.isPresent() && versions.handOver(whole.get())) {
            outbox.wake();
            LOG.infof(
                    "part embedded again, collection=%s documentId=%s version=%d part=%d missing=%d",
                    ref.key().collection(), ref.key().documentId(), ref.version(), part, missing);
        }
    }
}
