package quintet.retrieve.model.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import quintet.retrieve.model.StageScores;

/**
 * A search as it was, as far as its caller may see it now.
 *
 * @param hits those of {@code search}, without those that the caller may not see any more
 */
public record PastSearch(KeptSearch search, List<PastHit> hits) {
    /**
     * A hit as it was.
     *
     * @param rank from 1
     * @param chunkId empty if it is not visible
     * @param documentId empty if it is not visible
     * @param version 0 if it is not visible
     * @param visible whether the caller sees its document now, in whatever version
     */
    public record PastHit(
            int rank,
            String chunkId,
            String documentId,
            long version,
            double score,
            StageScores scores,
            boolean visible) {}

    /** Copies the hits. */
    public PastSearch {
        hits = List.copyOf(hits);
    }

    /**
     * Returns a search as its caller may see it.
     *
     * @param versions of the documents that the caller sees
     */
    public static PastSearch of(KeptSearch search, Map<String, Long> versions) {
        List<PastHit> hits = new ArrayList<>();
        for (KeptHit hit : search.hits()) {
            boolean visible = versions.containsKey(hit.documentId());
            hits.add(new PastHit(
                    hits.size() + 1,
                    visible ? hit.chunkId() : "",
                    visible ? hit.documentId() : "",
                    visible ? hit.version() : 0,
                    hit.score(),
                    hit.scores(),
                    visible));
        }
        return new PastSearch(search, hits);
    }
}
