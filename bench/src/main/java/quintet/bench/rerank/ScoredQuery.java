package quintet.bench.rerank;

import java.util.List;
import java.util.Map;
import quintet.bench.metric.Ndcg;

/**
 * A query of a retrieval set with everything that a cascade could ask about its candidates.
 *
 * @param text of the query
 * @param grades grade by id of relevant document
 * @param candidates in the order of the search
 */
public record ScoredQuery(String text, Map<String, Integer> grades, List<Hit> candidates) {
    /** Ranks that count. */
    public static final int K = 10;

    /**
     * A candidate.
     *
     * @param document id of its document
     * @param score of the search
     * @param relevance that the cross-encoder gives it, 0 to 1
     */
    public record Hit(String document, String text, double score, double relevance) {}

    /** Copies the collections. */
    public ScoredQuery {
        grades = Map.copyOf(grades);
        candidates = List.copyOf(candidates);
    }

    /**
     * Scores an order of candidates, of which the first {@value #K} count.
     *
     * @param order indices of candidates, best first
     */
    public double ndcg(List<Integer> order) {
        return Ndcg.at(
                K,
                order.stream()
                        .limit(K)
                        .map(index -> candidates.get(index).document())
                        .distinct()
                        .toList(),
                grades);
    }
}
