package quintet.retrieve.adapter.qdrant;

import static io.qdrant.client.ValueFactory.value;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.ModelRef;

/**
 * What a collection holds as of its last commit: one point, so that writing it is the commit.
 *
 * @param generation number of the commit, rising; 0 before the first
 * @param model of the vectors, also of those that are gone; empty before the first
 * @param kind that was chosen; empty while it is the configured one
 * @param passages that searches find
 * @param documents that searches find
 */
record Manifest(long generation, Optional<ModelRef> model, Optional<IndexKind> kind, long passages, long documents) {
    /** The point of every manifest. */
    static final UUID ID = new UUID(0, 1);

    static final Manifest EMPTY = new Manifest(0, Optional.empty(), Optional.empty(), 0, 0);

    private static final String GENERATION = "generation";
    private static final String MODEL = "model";
    private static final String REVISION = "revision";
    private static final String DIMENSION = "dimension";
    private static final String KIND = "kind";
    private static final String PASSAGES = "passages";
    private static final String DOCUMENTS = "documents";

    /** Returns the model if there is any vector. */
    Optional<ModelRef> modelInUse() {
        return passages == 0 ? Optional.empty() : model;
    }

    /** Returns this manifest with another kind. */
    Manifest with(IndexKind other) {
        return new Manifest(generation, model, Optional.of(other), passages, documents);
    }

    PointStruct toPoint() {
        Map<String, Value> payload = Payload.empty();
        payload.put(GENERATION, value(generation));
        payload.put(PASSAGES, value(passages));
        payload.put(DOCUMENTS, value(documents));
        model.ifPresent(of -> {
            payload.put(MODEL, value(of.name()));
            payload.put(REVISION, value(of.revision()));
            payload.put(DIMENSION, value(of.dimension()));
        });
        kind.ifPresent(chosen -> payload.put(KIND, value(chosen.text())));
        return Payload.point(ID, payload);
    }

    static Manifest of(Map<String, Value> payload) {
        return new Manifest(
                Payload.number(payload, GENERATION),
                payload.containsKey(MODEL)
                        ? Optional.of(new ModelRef(Payload.text(payload, MODEL), Payload.text(payload, REVISION), (int)
                                Payload.number(payload, DIMENSION)))
                        : Optional.empty(),
                payload.containsKey(KIND)
                        ? Optional.of(IndexKind.parse(Payload.text(payload, KIND)))
                        : Optional.empty(),
                Payload.number(payload, PASSAGES),
                Payload.number(payload, DOCUMENTS));
    }
}
