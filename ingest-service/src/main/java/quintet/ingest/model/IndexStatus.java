package quintet.ingest.model;

/**
 * What the index holds of a document, counted when it was asked.
 *
 * @param version highest version that it has committed; 0 if it knows none
 * @param deleted whether that is a deletion
 * @param passages passages that searches find, of whatever version
 * @param stagedParts parts that wait for the rest of their version
 */
public record IndexStatus(long version, boolean deleted, int passages, int stagedParts) {
    /** Returns what it holds of this and of another generation; the version is this one's. */
    public IndexStatus and(IndexStatus other) {
        return new IndexStatus(version, deleted, passages + other.passages, stagedParts + other.stagedParts);
    }
}
