package quintet.retrieve.model;

import java.util.Map;

/**
 * The words that a query is matched by.
 *
 * @param weights how often the query has each word, and the weights of those beside it; greater than 0
 * @param truncated whether words were left out because there were too many
 */
public record QueryWords(Map<String, Float> weights, boolean truncated) {
    /** Copies the weights. */
    public QueryWords {
        weights = Map.copyOf(weights);
    }
}
