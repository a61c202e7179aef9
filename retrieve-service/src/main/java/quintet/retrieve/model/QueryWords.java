package quintet.retrieve.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The words that a query is matched by.
 *
 * @param counts how often the query has each word, at least 1, in the order of the query
 * @param truncated whether words were left out because there were too many
 */
public record QueryWords(Map<String, Integer> counts, boolean truncated) {
    /** Copies the counts. */
    public QueryWords {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }
}
