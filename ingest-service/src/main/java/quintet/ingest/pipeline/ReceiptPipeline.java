package quintet.ingest.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.IndexStatus;
import quintet.ingest.model.Receipt;
import quintet.ingest.model.Remains;
import quintet.ingest.port.BlobStore;
import quintet.ingest.port.Deletions;
import quintet.ingest.port.DocumentIndex;
import quintet.ingest.port.DocumentRegistry;

/** Proves deletions: looks up what is left of a document, everywhere and now. Blocking. */
@ApplicationScoped
public class ReceiptPipeline {
    private static final Logger LOG = Logger.getLogger(ReceiptPipeline.class);

    private final DocumentRegistry registry;
    private final Deletions deletions;
    private final DocumentIndex index;
    private final BlobStore blobs;

    ReceiptPipeline(DocumentRegistry registry, Deletions deletions, DocumentIndex index, BlobStore blobs) {
        this.registry = registry;
        this.deletions = deletions;
        this.index = index;
        this.blobs = blobs;
    }

    /** Deletes the bytes that a deleted document alone had; called when the index has nothing of it left. */
    public void release(DocumentKey key) {
        deletions.remains(key).ifPresent(remains -> {
            for (String sha256 : registry.unreferenced(remains.contents())) {
                var _ = blobs.deleteIf(
                        sha256, () -> !registry.unreferenced(List.of(sha256)).isEmpty());
            }
        });
    }

    /** Returns the receipt; fails with CONFLICT, reason NOT_DELETED, if the document is not deleted. */
    public Receipt receipt(DocumentKey key) {
        Document document = registry.find(key)
                .orElseThrow(() -> Failure.notFound(
                        "DOCUMENT_NOT_FOUND",
                        "there is no document '%s' in collection '%s'",
                        key.documentId(),
                        key.shownCollection()));
        Instant deleted = document.times().get(DocumentState.DELETED);
        if (document.state() != DocumentState.DELETED || deleted == null) {
            throw Failure.conflict(
                    "NOT_DELETED", "document '%s' is %s, there is no receipt", key.documentId(), document.state());
        }
        // While the collection is built anew, and after, there are several: the document is gone when it is from all.
        List<DocumentKey> copies = deletions.copies(key);
        Remains remains = copies.stream()
                .flatMap(copy -> deletions.remains(copy).stream())
                .reduce(Remains::and)
                .orElseThrow();
        Optional<IndexStatus> indexed = ask(copies);
        List<Receipt.Content> contents = contents(remains.contents());
        List<String> waitingFor = waitingFor(remains, indexed, contents);
        return new Receipt(
                key.shownCollection(),
                key.documentId(),
                document.ref().version(),
                waitingFor.isEmpty(),
                waitingFor,
                new Receipt.Registry(remains.texts(), remains.chunks(), remains.stagedParts(), remains.outboxEntries()),
                indexed.orElse(null),
                contents,
                new Receipt.Times(deleted, remains.removedAt(), Instant.now()));
    }

    private Optional<IndexStatus> ask(List<DocumentKey> copies) {
        try {
            return copies.stream().map(index::status).reduce(IndexStatus::and);
        } catch (Failure failure) {
            LOG.warnf("index not asked for a receipt, reason=%s: %s", failure.reason(), failure.message());
            return Optional.empty();
        }
    }

    private List<Receipt.Content> contents(List<String> all) {
        Set<String> unused = new HashSet<>(registry.unreferenced(all));
        return all.stream()
                .map(sha256 -> new Receipt.Content(
                        sha256,
                        !unused.contains(sha256)
                                ? Receipt.Fate.USED_BY_OTHERS
                                : blobs.holds(sha256) ? Receipt.Fate.WAITING : Receipt.Fate.GONE))
                .toList();
    }

    private static List<String> waitingFor(
            Remains remains, Optional<IndexStatus> indexed, List<Receipt.Content> contents) {
        List<String> waitingFor = new ArrayList<>();
        if (remains.texts() + remains.chunks() + remains.stagedParts() > 0) {
            waitingFor.add("REGISTRY");
        }
        if (remains.outboxEntries() > 0) {
            waitingFor.add("OUTBOX");
        }
        if (indexed.isEmpty()) {
            waitingFor.add("INDEX_ANSWER");
        } else if (indexed.get().passages() + indexed.get().stagedParts() > 0) {
            waitingFor.add("INDEX_PASSAGES");
        }
        if (remains.removedAt() == null) {
            waitingFor.add("INDEX_REMOVAL");
        }
        if (contents.stream().anyMatch(content -> content.fate() == Receipt.Fate.WAITING)) {
            waitingFor.add("ORIGINAL_FILE");
        }
        return waitingFor;
    }
}
