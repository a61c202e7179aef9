package quintet.ingest.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.port.DriftRegistry;

/** Takes up a version that failed, because a person has put its message back. Blocking. */
@ApplicationScoped
public class Replay {
    private static final Logger LOG = Logger.getLogger(Replay.class);

    private final DriftRegistry registry;

    Replay(DriftRegistry registry) {
        this.registry = registry;
    }

    /** Takes a version that failed before it had chunks for received again; any other stays as it is. */
    public void reopen(DocumentRef ref) {
        if (registry.reopen(ref)) {
            LOG.infof(
                    "document taken up again, collection=%s documentId=%s version=%d",
                    ref.key().collection(), ref.key().documentId(), ref.version());
        }
    }
}
