package quintet.retrieve.model;

/**
 * A filter that was recognised in a query.
 *
 * @param words of the query that it was recognised by
 */
public record RecognisedFilter(MetadataFilter filter, String words, Use use) {
    /** What became of it. */
    public enum Use {
        /** The search is as if it were not there. */
        SUGGESTED,
        /** What it lets through counts more. */
        BOOSTED,
        /** Only what it lets through was searched. */
        APPLIED,
        /** It was applied, left nothing, and was taken away again. */
        DROPPED
    }

    /** Returns the same filter with another use. */
    public RecognisedFilter as(Use other) {
        return new RecognisedFilter(filter, words, other);
    }
}
