package quintet.retrieve.model;

import java.util.List;
import java.util.Optional;
import quintet.retrieve.model.explanation.Explanation;

/**
 * Answer to a query.
 *
 * @param hits best first, ties by chunk id; in the order of their choice if they were to be diverse
 * @param degraded steps that were skipped or cut short, such as {@code dense}
 * @param model model of the query's vector, if one was used
 * @param rewritten what was searched
 * @param cut what the smallest score left out, if one was asked for and could be told
 * @param index what it was answered from
 * @param explanation what each stage did, if that was asked for
 */
public record SearchResult(
        List<Hit> hits,
        List<String> degraded,
        Optional<ModelRef> model,
        SearchTimings timings,
        RewrittenQuery rewritten,
        Optional<ScoreCut> cut,
        IndexFacts index,
        Optional<Explanation> explanation) {
    /** Copies the lists. */
    public SearchResult {
        hits = List.copyOf(hits);
        degraded = List.copyOf(degraded);
    }
}
