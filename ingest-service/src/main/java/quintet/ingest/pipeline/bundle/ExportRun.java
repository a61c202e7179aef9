package quintet.ingest.pipeline.bundle;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.BundleSummary.LeftOut;
import quintet.ingest.model.BundleSummary.Reason;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.DuplicateOf;
import quintet.ingest.model.VectorModel;
import quintet.ingest.port.BundleFormat;

/**
 * One export. READY documents are written as they come; what is on its way, or changes while it is written, is looked at again at the
 * end, and aliases come after the documents that answer for them. For one thread.
 */
final class ExportRun {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final DocumentSource source;
    private final BundleFormat.Writing bundle;
    private final String collection;
    private final @Nullable VectorModel model;
    private final boolean originals;

    /** Hashes of the original bytes of written documents that have aliases, by id. */
    private final Map<String, String> answering = new HashMap<>();

    private final TreeSet<String> later = new TreeSet<>();
    private final TreeSet<String> aliases = new TreeSet<>();
    private final List<Reason> leftOut = new ArrayList<>();
    private long leftOutCount;
    private long written;

    ExportRun(
            DocumentSource source,
            BundleFormat.Writing bundle,
            String collection,
            @Nullable VectorModel model,
            boolean originals) {
        this.source = source;
        this.bundle = bundle;
        this.collection = collection;
        this.model = model;
        this.originals = originals;
    }

    /** Returns the name under which the collection is stored. */
    String collection() {
        return collection;
    }

    /** Writes a document, or remembers it. */
    void take(Document document) throws IOException {
        String id = document.ref().key().documentId();
        if (document.state() != DocumentState.READY) {
            later.add(id);
        } else if (document.duplicates().of() != null) {
            aliases.add(id);
        } else if (!write(document)) {
            later.add(id);
        }
    }

    /**
     * Writes what was not READY, until it is or until {@code deadline}; then the aliases and the end.
     *
     * @param find returns a document as it is now
     */
    void finish(Function<DocumentKey, Optional<Document>> find, Instant deadline) throws IOException {
        while (!later.isEmpty()) {
            boolean last = Instant.now().isAfter(deadline);
            for (String id : List.copyOf(later)) {
                Optional<Document> document = find.apply(key(id));
                later.remove(id);
                if (document.isPresent() && document.get().state() != DocumentState.DELETED) {
                    takeAgain(document.get(), last);
                }
            }
            if (!later.isEmpty()) {
                pause();
            }
        }
        for (String id : aliases) {
            Optional<Document> alias = find.apply(key(id));
            if (alias.isPresent() && alias.get().state() != DocumentState.DELETED) {
                writeAlias(alias.get());
            }
        }
        bundle.end(new LeftOut(leftOutCount, leftOut));
    }

    private void takeAgain(Document document, boolean last) throws IOException {
        DocumentState state = document.state();
        if (state.settled() && state != DocumentState.READY) {
            leaveOut(document, state.name());
            return;
        }
        take(document);
        if (last && later.remove(document.ref().key().documentId())) {
            leaveOut(document, state == DocumentState.READY ? "INDEX_INCOMPLETE" : state.name());
        }
    }

    /** Returns whether the document was written: not if it changed meanwhile, or the index does not hold all of it. */
    private boolean write(Document document) throws IOException {
        Optional<DocumentSource.Content> content = source.read(document, model, originals);
        if (content.isEmpty()) {
            return false;
        }
        DocumentSource.Content found = content.get();
        try {
            bundle.put(found.document(), found.original(), found.text(), found.chunks());
        } catch (DocumentSource.ChangedException e) {
            return false;
        }
        if (document.duplicates().aliasCount() > 0) {
            answering.put(document.ref().key().documentId(), document.blob().sha256());
        }
        written++;
        return true;
    }

    private void writeAlias(Document alias) throws IOException {
        DuplicateOf of = alias.duplicates().of();
        String sha256 = of == null ? null : answering.get(of.documentId());
        if (alias.state() != DocumentState.READY || of == null || sha256 == null) {
            leaveOut(alias, "ALIAS_CHANGED");
            return;
        }
        // Bytes that are in the bundle already are not written twice.
        boolean own = originals && !sha256.equals(alias.blob().sha256());
        BundledDocument bundled = source.alias(alias, new BundledDocument.Alias(of, sha256), own);
        bundle.put(bundled, bundled.hasOriginal() ? source.original(alias) : null, "", List.of());
        written++;
    }

    private void leaveOut(Document document, String reason) {
        leftOutCount++;
        if (leftOut.size() < LeftOut.MAX_NAMED) {
            leftOut.add(new Reason(document.ref().key().documentId(), reason));
        }
    }

    private DocumentKey key(String documentId) {
        return new DocumentKey(collection, documentId);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("STOPPING", "the service stops, export again", e);
        }
    }

    @Override
    public String toString() {
        return "documents=%d leftOut=%d".formatted(written, leftOutCount);
    }
}
