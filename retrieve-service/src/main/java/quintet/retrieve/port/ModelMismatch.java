package quintet.retrieve.port;

import quintet.failure.Failure;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VersionRef;

/** Vectors of two models never meet. */
public final class ModelMismatch {
    private ModelMismatch() {}

    /** Returns the refusal of a version whose vectors are of another model than its collection's. */
    public static Failure refused(VersionRef ref, ModelRef collection, ModelRef version) {
        return Failure.invalidInput(
                "MODEL_MISMATCH",
                "collection '%s' holds vectors of %s, those of document '%s' are of %s: run embed-service with the"
                        + " collection's model, or ingest into another collection, or delete its documents first",
                ref.collection(),
                collection,
                ref.documentId(),
                version);
    }
}
