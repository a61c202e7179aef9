package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.PointStruct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.ModelMismatch;

/**
 * The writes of one commit. Points that it adds are seen from this generation on and points that it replaces up to the one
 * before, so that nothing of it is seen until the manifest says that it is there.
 */
final class Generation {
    private final Manifest before;
    private final long number;
    private final Map<String, DocumentHead> heads;
    private final Passages passages;
    private final int upsertBatch;
    private final Map<String, DocumentHead> changed = new LinkedHashMap<>();
    private final Set<String> replaced = new LinkedHashSet<>();
    private Optional<ModelRef> model;
    private long passageCount;
    private long documentCount;

    /** Where passages are written. */
    interface Passages {
        /** Makes room for vectors of a model. */
        void makeRoom(ModelRef model, Manifest before);

        List<PointStruct> points(DocumentPart part, List<EmbeddedPassage> passages, long generation);

        void upsert(List<PointStruct> points);

        /** Marks what searches see of documents as replaced from {@code generation} on. */
        void replace(Set<String> documents, Manifest before, long generation);

        void delete(Filter filter);
    }

    /**
     * Begins a generation.
     *
     * @param heads of the documents that it changes
     */
    Generation(Manifest before, long number, Map<String, DocumentHead> heads, Passages passages, int upsertBatch) {
        this.before = before;
        this.number = number;
        this.heads = heads;
        this.passages = passages;
        this.upsertBatch = upsertBatch;
        model = before.model();
        passageCount = before.passages();
        documentCount = before.documents();
    }

    /** Returns the heads to write. */
    Map<String, DocumentHead> changed() {
        return changed;
    }

    /** Returns the manifest that makes this generation seen. */
    Manifest manifest() {
        return new Manifest(number, model, before.kind(), passageCount, documentCount);
    }

    /** Marks the passages that are replaced or deleted, all at once. */
    void replace() {
        if (!replaced.isEmpty()) {
            passages.replace(replaced, before, number);
        }
    }

    /** Writes one change; after an exception nothing of this generation may be committed, a failed outcome is no harm. */
    Change.Outcome apply(Change change) {
        VersionRef ref = change.ref();
        DocumentHead head = heads.get(ref.documentId());
        return switch (change) {
            case Change.Put put ->
                head != null && head.covers(ref.version()) ? Change.Outcome.of(head) : put(put, head);
            case Change.Remove _ -> {
                if (head != null
                        && (head.version() > ref.version() || (head.version() == ref.version() && head.deleted()))) {
                    yield Change.Outcome.of(head);
                }
                yield Change.Outcome.of(replace(ref, head, after(ref, head, true, 0)));
            }
            case Change.Refuse _ -> {
                if (head != null && head.covers(ref.version())) {
                    yield Change.Outcome.of(head);
                }
                // Where no passage is to be kept, a refusal and a deletion are the same.
                yield Change.Outcome.of(
                        head == null || head.deleted()
                                ? replace(ref, head, after(ref, head, true, 0))
                                : keep(ref, head.refusing(ref.version())));
            }
        };
    }

    private Change.Outcome put(Change.Put put, @Nullable DocumentHead head) {
        VersionRef ref = put.ref();
        int written = 0;
        try {
            for (DocumentPart part : put.parts()) {
                if (part.part() == 0) {
                    if (passageCount > 0 && model.isPresent() && !model.get().equals(part.model())) {
                        throw ModelMismatch.refused(ref, model.get(), part.model());
                    }
                    passages.makeRoom(part.model(), before);
                    model = Optional.of(part.model());
                }
                if (!part.ref().equals(ref) || !part.model().equals(model.orElse(null))) {
                    throw contradiction(ref, "part %d belongs to another version or model".formatted(part.part()));
                }
                write(part);
                written += part.passages().size();
                if (part.part() == part.partCount() - 1 && written != part.chunkCount()) {
                    throw contradiction(ref, "%d chunks came of %d".formatted(written, part.chunkCount()));
                }
            }
        } catch (Failure failure) {
            if (failure.kind() != Failure.Kind.INVALID_INPUT) {
                throw failure;
            }
            if (written > 0) {
                passages.delete(Filter.newBuilder()
                        .addMust(Conditions.documents(List.of(ref.documentId())))
                        .addMust(Conditions.above(Payload.FROM, before.generation()))
                        .build());
            }
            return Change.Outcome.of(failure);
        }
        return Change.Outcome.of(replace(ref, head, after(ref, head, false, written)));
    }

    private void write(DocumentPart part) {
        List<EmbeddedPassage> all = part.passages();
        for (int from = 0; from < all.size(); from += upsertBatch) {
            List<EmbeddedPassage> some = all.subList(from, Math.min(all.size(), from + upsertBatch));
            passages.upsert(passages.points(part, new ArrayList<>(some), number));
        }
    }

    private static DocumentHead after(VersionRef ref, @Nullable DocumentHead head, boolean deleted, int passages) {
        long refused = head == null ? 0 : head.refused();
        return new DocumentHead(ref.version(), deleted, passages, refused, now());
    }

    /** Returns the time as precisely as it is kept. */
    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    private DocumentHead replace(VersionRef ref, @Nullable DocumentHead head, DocumentHead after) {
        if (head != null && head.passageCount() > 0) {
            replaced.add(ref.documentId());
        }
        passageCount += after.passageCount() - (head == null ? 0 : head.passageCount());
        documentCount += (after.deleted() ? 0 : 1) - (head == null || head.deleted() ? 0 : 1);
        return keep(ref, after);
    }

    private DocumentHead keep(VersionRef ref, DocumentHead after) {
        changed.put(ref.documentId(), after);
        return after;
    }

    private static Failure contradiction(VersionRef ref, String what) {
        return Failure.invalidInput("PARTS_CONTRADICT", "parts of %s do not fit together: %s", ref, what);
    }
}
