package quintet.retrieve.model.explanation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a hit came about. Ranks are from 1.
 *
 * @param rank in the answer
 * @param ranked rank before hits were arranged: above {@code rank} for one that others made way for
 * @param queries where each query found it, in the order of {@link Explanation#queries}; those that did not are left out
 */
public record ExplainedHit(String chunkId, String documentId, int rank, int ranked, double score, List<In> queries) {
    /**
     * Where a query found it; a list that did not has no rank.
     *
     * @param query position in {@link Explanation#queries}
     * @param parts of its fused score
     */
    public record In(
            int query,
            @Nullable Integer denseRank,
            @Nullable Double dense,
            @Nullable Integer lexicalRank,
            @Nullable Double lexical,
            @Nullable Integer rank,
            @Nullable Double fused,
            Map<String, Double> parts) {}

    /** Copies the list. */
    public ExplainedHit {
        queries = List.copyOf(queries);
    }
}
