package quintet.retrieve.adapter.lucene;

import java.util.Map;
import quintet.retrieve.model.IndexKind;

/** The format of {@link IndexKind.RandomProjection}. */
public final class RandomProjectionFormat extends NarrowedFormat {
    static final IndexKind.RandomProjection DEFAULT =
            (IndexKind.RandomProjection) IndexKind.of("random-projection", Map.of());

    private final IndexKind.RandomProjection kind;

    /** For Lucene, which only reads by it. */
    public RandomProjectionFormat() {
        this(DEFAULT);
    }

    RandomProjectionFormat(IndexKind.RandomProjection kind) {
        super("QuintetRandomProjectionVectorsFormat");
        this.kind = kind;
    }

    @Override
    Narrowing.Builder builder() {
        return new ForestBuilder(kind.trees(), kind.leafSize());
    }

    @Override
    Narrowing.Opener opener() {
        return Forest::open;
    }
}
