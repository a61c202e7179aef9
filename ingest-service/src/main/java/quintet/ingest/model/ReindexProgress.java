package quintet.ingest.model;

import java.util.List;

/**
 * How far the new generation is, by document.
 *
 * @param documents that the old generation has and that are not deleted
 * @param copied of these, those in the new generation
 * @param ready of these, those that searches of it would find
 * @param pending those that searches find in the old generation, and that are on their way in the new one
 * @param lost those that searches find in the old generation, and that failed in the new one
 * @param some some of the lost, by id
 */
public record ReindexProgress(long documents, long copied, long ready, long pending, long lost, List<Lost> some) {
    /** Copies the list. */
    public ReindexProgress {
        some = List.copyOf(some);
    }

    /** A document that failed in the new generation. */
    public record Lost(String documentId, String reason) {}
}
