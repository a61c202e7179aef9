package quintet.ingest.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.port.DocumentRegistry;
import quintet.ingest.port.DocumentRegistry.Retried;

/** Processes again what failed or is stuck, and gives up what is on its way. Blocking: call it on a virtual thread. */
@ApplicationScoped
public class RetryPipeline {
    private static final Logger LOG = Logger.getLogger(RetryPipeline.class);
    private static final int BATCH = 100;

    private final DocumentRegistry registry;
    private final OutboxDispatcher outbox;
    private final Duration stuckAfter;
    private final int maxDocuments;

    RetryPipeline(DocumentRegistry registry, OutboxDispatcher outbox, RetryConfig config) {
        this.registry = registry;
        this.outbox = outbox;
        stuckAfter = config.stuckAfter();
        maxDocuments = config.maxDocuments();
    }

    /** Returns the document, RECEIVED as its next version; fails with CONFLICT if there is nothing to retry. */
    public Document retry(DocumentKey key) {
        Document document = registry.retry(key, Instant.now().minus(stuckAfter)).orElseThrow(() -> notFound(key));
        outbox.wake();
        LOG.infof(
                "document retried, collection=%s documentId=%s version=%d",
                key.collection(), key.documentId(), document.ref().version());
        return document;
    }

    /**
     * Retries the FAILED documents of a collection, each once, in batches that are durable one by one.
     *
     * @return how many, at most the configured bound
     */
    public int retryFailed(String collection) {
        int retried = 0;
        @Nullable String after = null;
        do {
            Retried batch = registry.retryFailed(collection, Math.min(BATCH, maxDocuments - retried), after);
            retried += batch.count();
            after = batch.nextAfter();
            outbox.wake();
        } while (after != null && retried < maxDocuments);
        LOG.infof("failed documents retried, collection=%s documents=%d", collection, retried);
        return retried;
    }

    /**
     * Returns the document, CANCELLED; fails with CONFLICT if nothing of it is on its way. An index that has committed the
     * version already keeps it, and the document becomes READY after all.
     */
    public Document cancel(DocumentKey key) {
        Document document = registry.cancel(key).orElseThrow(() -> notFound(key));
        outbox.wake();
        LOG.infof(
                "document cancelled, collection=%s documentId=%s version=%d",
                key.collection(), key.documentId(), document.ref().version());
        return document;
    }

    private static Failure notFound(DocumentKey key) {
        return Failure.notFound(
                "DOCUMENT_NOT_FOUND",
                "there is no document '%s' in collection '%s'",
                key.documentId(),
                key.shownCollection());
    }
}
