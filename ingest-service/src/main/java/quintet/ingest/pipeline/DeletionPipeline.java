package quintet.ingest.pipeline;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.Selection;
import quintet.ingest.port.Deletions;

/**
 * Deletes many documents in two steps: what is meant is counted first, and decided on only if the caller names that count. A
 * decision is durable at once and carried out in small transactions, by whichever process lives. Blocking.
 */
@ApplicationScoped
public class DeletionPipeline {
    private static final Logger LOG = Logger.getLogger(DeletionPipeline.class);
    private static final int SAMPLE = 10;
    private static final int BATCH = 50;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Deletions deletions;
    private final OutboxDispatcher outbox;
    private final BackgroundLoop loop;

    DeletionPipeline(Deletions deletions, OutboxDispatcher outbox) {
        this.deletions = deletions;
        this.outbox = outbox;
        loop = new BackgroundLoop("deletions", POLL, () -> carryOut() == BATCH);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
    }

    /** Returns how many documents are meant, and some of them; fails with NOT_FOUND if there is no collection. */
    public Selection.Size preview(String collection, Selection selection) {
        return deletions
                .size(collection, selection, SAMPLE)
                .orElseThrow(() -> Failure.notFound(
                        "COLLECTION_NOT_FOUND", "there is no collection '%s'", DocumentKey.shown(collection)));
    }

    /**
     * Deletes exactly {@code confirmed} documents, or none and fails with CONFLICT. Returns once that is durable.
     *
     * @return how many of them are not deleted yet, which happens without the caller
     */
    public long delete(String collection, Selection selection, long confirmed) {
        deletions.decide(collection, selection, confirmed);
        LOG.infof("deletion decided, collection=%s documents=%d", collection, confirmed);
        long until = System.nanoTime() + PATIENCE.toNanos();
        int deleted;
        do {
            deleted = carryOut();
        } while (deleted == BATCH && System.nanoTime() < until);
        loop.wake();
        return deletions.pending(collection);
    }

    private int carryOut() {
        int deleted = deletions.carryOut(BATCH);
        if (deleted > 0) {
            outbox.wake();
        }
        return deleted;
    }
}
