package quintet.rerank.model;

import java.util.List;
import java.util.Optional;

/**
 * Candidates for a query.
 *
 * @param query the query
 * @param candidates in any order
 * @param topN number of results; 0 for all
 * @param model name of the model that the caller expects; absent for the one there is
 */
public record RerankRequest(String query, List<Candidate> candidates, int topN, Optional<String> model) {
    /** Copies the candidates. */
    public RerankRequest {
        candidates = List.copyOf(candidates);
    }
}
