package quintet.retrieve.model.history;

import java.util.List;
import quintet.retrieve.model.SearchResult;

/**
 * A search then and now.
 *
 * @param hits those of now by rank, then those that are none any more by their rank then
 * @param rewritingChanges what differs in what was searched: text, words, added-words, filter, queries
 * @param indexChanges what differs in the index: model, kind, version
 * @param sentence all of it, for people
 */
public record Replay(
        PastSearch then,
        SearchResult now,
        List<ComparedHit> hits,
        List<String> rewritingChanges,
        List<String> indexChanges,
        String sentence) {
    /** Copies the lists. */
    public Replay {
        hits = List.copyOf(hits);
        rewritingChanges = List.copyOf(rewritingChanges);
        indexChanges = List.copyOf(indexChanges);
    }
}
