package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.ModelMismatch;

/**
 * The writes of one commit. Nothing of them is seen before the commit: searches read commits only. So a version may be
 * written part by part, in bounded memory, and is still visible whole or not at all.
 */
final class IndexBatch {
    private final IndexWriter writer;
    private final Committed committed;
    private final PassageDocuments documents;
    private final Map<String, DocumentHead> heads = new HashMap<>();
    private Optional<ModelRef> model;
    private long passageCount;
    private boolean changed;

    /** What the last commit holds. */
    interface Committed {
        Optional<DocumentHead> head(String documentId) throws IOException;

        long passageCount() throws IOException;

        Optional<ModelRef> model() throws IOException;
    }

    IndexBatch(IndexWriter writer, Committed committed, PassageDocuments documents) throws IOException {
        this.writer = writer;
        this.committed = committed;
        this.documents = documents;
        this.model = committed.model();
        this.passageCount = committed.passageCount();
    }

    /** Returns whether there is anything to commit. */
    boolean changed() {
        return changed;
    }

    /** Returns the model of the vectors after these writes. */
    Optional<ModelRef> model() {
        return model;
    }

    /** Writes one change; an exception leaves the writer in need of a rollback, a failed outcome does not. */
    Change.Outcome apply(Change change) throws IOException {
        VersionRef ref = change.ref();
        DocumentHead before = head(ref.documentId());
        return switch (change) {
            case Change.Put put -> {
                if (before != null && before.covers(ref.version())) {
                    yield Change.Outcome.of(before);
                }
                yield put(put, before);
            }
            case Change.Remove _ -> {
                if (before != null
                        && (before.version() > ref.version()
                                || (before.version() == ref.version() && before.deleted()))) {
                    yield Change.Outcome.of(before);
                }
                writer.deleteDocuments(PassageDocuments.passagesOf(ref.documentId()));
                yield Change.Outcome.of(replace(ref, before, after(ref, before, true, 0)));
            }
            case Change.Refuse _ -> {
                if (before != null && before.covers(ref.version())) {
                    yield Change.Outcome.of(before);
                }
                // Where no passage is to be kept, a refusal and a deletion are the same.
                yield Change.Outcome.of(replace(
                        ref,
                        before,
                        before == null || before.deleted()
                                ? after(ref, before, true, 0)
                                : before.refusing(ref.version())));
            }
        };
    }

    private Change.Outcome put(Change.Put put, @Nullable DocumentHead before) throws IOException {
        VersionRef ref = put.ref();
        int written = 0;
        for (DocumentPart part : put.parts()) {
            if (part.part() == 0) {
                if (passageCount > 0 && model.isPresent() && !model.get().equals(part.model())) {
                    return Change.Outcome.of(ModelMismatch.refused(ref, model.get(), part.model()));
                }
                model = Optional.of(part.model());
                writer.deleteDocuments(PassageDocuments.passagesOf(ref.documentId()));
            }
            if (!part.ref().equals(ref) || !part.model().equals(model.orElse(null))) {
                throw contradiction(ref, "part %d belongs to another version or model".formatted(part.part()));
            }
            List<Document> passages = part.passages().stream()
                    .map(embedded -> documents.passage(part, embedded))
                    .toList();
            writer.addDocuments(passages);
            written += passages.size();
            if (part.part() == part.partCount() - 1 && written != part.chunkCount()) {
                throw contradiction(ref, "%d chunks came of %d".formatted(written, part.chunkCount()));
            }
        }
        return Change.Outcome.of(replace(ref, before, after(ref, before, false, written)));
    }

    private static DocumentHead after(VersionRef ref, @Nullable DocumentHead before, boolean deleted, int passages) {
        long refused = before == null ? 0 : before.refused();
        return new DocumentHead(ref.version(), deleted, passages, refused, Instant.now());
    }

    private DocumentHead replace(VersionRef ref, @Nullable DocumentHead before, DocumentHead after) throws IOException {
        writer.updateDocument(PassageDocuments.headOf(ref.documentId()), documents.head(ref.documentId(), after));
        heads.put(ref.documentId(), after);
        passageCount += after.passageCount() - (before == null ? 0 : before.passageCount());
        changed = true;
        return after;
    }

    private @Nullable DocumentHead head(String documentId) throws IOException {
        DocumentHead written = heads.get(documentId);
        return written == null ? committed.head(documentId).orElse(null) : written;
    }

    private static Failure contradiction(VersionRef ref, String what) {
        return Failure.invalidInput("PARTS_CONTRADICT", "parts of %s do not fit together: %s", ref, what);
    }
}
