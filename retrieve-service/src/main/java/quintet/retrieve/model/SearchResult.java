package quintet.retrieve.model;

import java.util.List;
import java.util.Optional;

/**
 * Answer to a query.
 *
 * @param hits best first, ties by chunk id; in the order of their choice if they were to be diverse
 * @param degraded steps that were skipped or cut short, such as {@code dense}
 * @param model model of the query's vector, if one was used
 * @param rewritten what was searched
 * @param cut what the smallest score left out, if one was asked for and could be told
 */
public record SearchResult(
        List<Hit> hits,
        List<String> degraded,
        Optional<ModelRef> model,
        SearchTimings timings,
        RewrittenQuery rewritten,
        Optional<ScoreCut> cut) {
    /** Copies the lists. */
    public SearchResult {
        hits = List.copyOf(hits);
        degraded = List.copyOf(degraded);
    }
}
