package quintet.retrieve.adapter.lucene;

import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RescoreTopNQuery;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.IndexKind;

/** The query of the vectors nearest to a target, as a kind of index is searched best. */
final class NearestQuery {
    /** Bits of a number that tell neighbours apart so badly that more of them have to be scored anew. */
    private static final int FEW_BITS = 2;

    /** What a filter leaves may lie all on one side of a query, where few bits see the least difference. */
    private static final int WIDER = 2;

    private NearestQuery() {}

    /** Returns a query whose best {@code k} are the answer and that nobody counts, as below. */
    static Query of(String field, float[] target, @Nullable Query filter, int k, IndexKind kind, int ef) {
        return of(field, target, filter, k, kind, ef, null);
    }

    /**
     * Returns a query whose best {@code k} are the answer, with scores of the vectors themselves.
     *
     * @param kind whose parameters hold; a segment that is still of another kind is searched with that one's defaults
     * @param ef candidates of a segment of another kind, at least
     * @param compared counts the vectors that are compared with; absent for none of that
     */
    static Query of(
            String field,
            float[] target,
            @Nullable Query filter,
            int k,
            IndexKind kind,
            int ef,
            @Nullable ComparedVectors compared) {
        SearchKnobs knobs = new SearchKnobs(kind, k);
        return switch (kind) {
            case IndexKind.Hnsw hnsw
            when hnsw.bits() == Float.SIZE -> nearest(field, target, Math.max(k, hnsw.ef()), filter, knobs, compared);
            case IndexKind.Hnsw hnsw -> {
                int candidates = Math.max(Math.multiplyExact(k, hnsw.rescore()), hnsw.ef());
                if (filter != null && hnsw.bits() <= FEW_BITS) {
                    candidates *= WIDER;
                }
                Query coarse = nearest(field, target, candidates, filter, knobs, compared);
                yield RescoreTopNQuery.createFullPrecisionRescorerQuery(coarse, target, field, k);
            }
            case IndexKind.Exact _, IndexKind.RandomProjection _, IndexKind.Lsh _, IndexKind.ProductQuantization _ ->
                nearest(field, target, Math.max(k, ef), filter, knobs, compared);
        };
    }

    private static Query nearest(
            String field,
            float[] target,
            int k,
            @Nullable Query filter,
            SearchKnobs knobs,
            @Nullable ComparedVectors compared) {
        return compared == null
                ? new KnnFloatVectorQuery(field, target, k, filter, knobs)
                : compared.of(field, target, k, filter, knobs);
    }
}
