package quintet.retrieve.model.history;

import java.time.Instant;
import java.util.List;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.IndexFacts;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.SearchTimings;

/**
 * A search that was answered. It belongs to who asked: nobody else sees it.
 *
 * @param key of the caller, by its fingerprint; empty in a suite without keys
 * @param collection that was searched, by the name under which it is stored, which has the tenant
 * @param index what it was answered from
 * @param queries what was searched
 * @param hits the first of its hits, best first, at most {@value #MAX_HITS}
 */
public record KeptSearch(
        SearchId id,
        Instant at,
        String key,
        CollectionName collection,
        Query query,
        IndexFacts index,
        List<String> degraded,
        SearchTimings timings,
        List<QueryPrint> queries,
        List<KeptHit> hits) {
    /** Most hits of a search that are kept. */
    public static final int MAX_HITS = 100;

    /** Copies the lists. */
    public KeptSearch {
        degraded = List.copyOf(degraded);
        queries = List.copyOf(queries);
        hits = List.copyOf(hits);
    }

    /** Returns whether it is the search of an asker in a collection. */
    public boolean belongsTo(Asker asker) {
        return key.equals(asker.key()) && collection.equals(asker.access().collection());
    }
}
