package quintet.ingest.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentPage;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.IngestEvent.ChunksCreated;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.model.Submission;
import quintet.ingest.model.Visibility;
import quintet.ingest.pipeline.deduplication.Deduplication;
import quintet.ingest.port.BlobStore;
import quintet.ingest.port.DocumentRegistry;
import quintet.ingest.port.VersionProgress;
import quintet.ingest.port.VersionProgress.Attempt;
import quintet.ingest.port.VersionProgress.Prepared;

/**
 * The way of a document: {@link #add} or {@link #put} makes it durable and answers; {@link #process} parses, cleans and
 * chunks it and hands the chunks over; {@link #staged}, {@link #indexed} and {@link #failed} follow it through the other
 * services. Every step is one transaction with the events that it causes. Blocking: call it on a virtual thread.
 */
@ApplicationScoped
public class IngestPipeline {
    private static final Logger LOG = Logger.getLogger(IngestPipeline.class);

    private final DocumentRegistry registry;
    private final VersionProgress progress;
    private final BlobStore blobs;
    private final DocumentPreparation preparation;
    private final Deduplication deduplication;
    private final OutboxDispatcher outbox;
    private final long maxFileBytes;
    private final int maxAttempts;

    IngestPipeline(
            DocumentRegistry registry,
            VersionProgress progress,
            BlobStore blobs,
            DocumentPreparation preparation,
            Deduplication deduplication,
            OutboxDispatcher outbox,
            LimitsConfig limits) {
        this.registry = registry;
        this.progress = progress;
        this.blobs = blobs;
        this.preparation = preparation;
        this.deduplication = deduplication;
        this.outbox = outbox;
        maxFileBytes = limits.maxFile().asLongValue();
        maxAttempts = limits.maxAttempts();
    }

    /** Stores a document under an id derived from its file name and content. Returns once it is durable. */
    public Submission add(String collection, Attributes given, InputStream content, Visibility by) {
        return stored(blobs.store(content, maxFileBytes, blob -> {
            DocumentKey key = new DocumentKey(collection, DocumentIds.derive(given, blob));
            return registry.put(key, given, blob, by);
        }));
    }

    /**
     * Stores a document or a new version of it. Returns once it is durable.
     *
     * @param by what the caller may see: nobody replaces what they may not
     */
    public Submission put(DocumentKey key, Attributes given, InputStream content, Visibility by) {
        return stored(blobs.store(content, maxFileBytes, blob -> registry.put(key, given, blob, by)));
    }

    private Submission stored(Submission submission) {
        if (!submission.unchanged()) {
            outbox.wake();
            LOG.infof("document received, %s", describe(submission.document().ref()));
        }
        return submission;
    }

    /** Returns a document, deleted ones too; fails with NOT_FOUND if there never was one that the caller may see. */
    public Document get(DocumentKey key, Visibility by) {
        return registry.find(key).filter(by::shows).orElseThrow(() -> notFound(key));
    }

    /**
     * Lists a collection.
     *
     * @param state only documents in this state; absent for all that are not deleted
     * @param after only ids above this one; absent for the first page
     * @param by what the caller may see
     */
    public DocumentPage list(
            String collection, @Nullable DocumentState state, int limit, @Nullable String after, Visibility by) {
        return registry.list(collection, state, limit, after, by)
                .orElseThrow(() -> Failure.notFound(
                        "COLLECTION_NOT_FOUND",
                        "there is no collection '%s'; its first document makes it",
                        DocumentKey.shown(collection)));
    }

    /** Returns the file with the original bytes of a document's newest version. */
    public Path content(Document document) {
        if (document.state() == DocumentState.DELETED) {
            throw notFound(document.ref().key());
        }
        return blobs.path(document.blob().sha256());
    }

    /** Deletes a document; deleting it again changes nothing. Returns once the deletion is durable. */
    public Document delete(DocumentKey key, Visibility by) {
        var _ = get(key, by);
        Document deleted = registry.delete(key).orElseThrow(() -> notFound(key));
        outbox.wake();
        LOG.infof("document deleted, %s", describe(deleted.ref()));
        return deleted;
    }

    /**
     * Parses, cleans and chunks a version, once: a version that is done, or no longer the newest, is left alone. A file
     * that can not become chunks fails its own version only.
     */
    public void process(DocumentRef ref) {
        Optional<Attempt> attempt = progress.begin(ref);
        if (attempt.isEmpty()) {
            LOG.infof("nothing to do, %s", describe(ref));
            return;
        }
        if (attempt.get().number() > maxAttempts) {
            failed(
                    ref,
                    new StageFailure(
                            Stage.PARSE,
                            "TOO_MANY_ATTEMPTS",
                            "processing was begun %d times and never came to an end".formatted(maxAttempts)));
            return;
        }
        Document document = attempt.get().document();
        try {
            if (!deduplication.claimUnread(document)) {
                outbox.wake();
                return;
            }
            Prepared prepared =
                    preparation.prepare(ref, blobs.path(document.blob().sha256()), document.given());
            if (!deduplication.claim(document, prepared)) {
                outbox.wake();
                return;
            }
            if (prepared.chunks().isEmpty()) {
                failed(ref, DocumentPreparation.NO_TEXT);
                return;
            }
            List<ChunksCreated> events = ChunkEvents.of(
                    ref, document.given(), prepared, attempt.get().embedded());
            if (progress.chunked(ref, prepared, events)) {
                outbox.wake();
                LOG.infof(
                        "document chunked, %s chunks=%d unchanged=%d",
                        describe(ref),
                        prepared.chunks().size(),
                        events.stream()
                                .mapToInt(part -> part.unchanged().size())
                                .sum());
            }
        } catch (DocumentPreparation.Refused refused) {
            failed(ref, refused.why());
        }
    }

    /** Notes that the index stores a part of a version. */
    public void staged(DocumentRef ref, int part, int chunkCount) {
        if (!progress.staged(ref, part, chunkCount)) {
            LOG.debugf("part of an older version staged, %s", describe(ref));
        }
        outbox.wake();
    }

    /** Notes that searches find a version. */
    public void indexed(DocumentRef ref, int passageCount, Instant committedAt) {
        if (progress.indexed(ref, passageCount, committedAt)) {
            LOG.infof("document ready, %s passages=%d", describe(ref), passageCount);
        }
        outbox.wake();
    }

    /** Notes that the index holds nothing of a deleted document any more. */
    public void removed(DocumentRef ref) {
        if (progress.removed(ref)) {
            LOG.infof("document removed from the index, %s", describe(ref));
        }
        outbox.wake();
    }

    /** Notes that a stage gave up on a version. */
    public void failed(DocumentRef ref, StageFailure failure) {
        if (progress.failed(ref, failure)) {
            LOG.infof(
                    "document failed, %s stage=%s reason=%s: %s",
                    describe(ref), failure.stage(), failure.reason(), failure.message());
        }
        outbox.wake();
    }

    private static Failure notFound(DocumentKey key) {
        return Failure.notFound(
                "DOCUMENT_NOT_FOUND",
                "there is no document '%s' in collection '%s'",
                key.documentId(),
                key.shownCollection());
    }

    private static String describe(DocumentRef ref) {
        return "collection=%s documentId=%s version=%d"
                .formatted(ref.key().collection(), ref.key().documentId(), ref.version());
    }
}
