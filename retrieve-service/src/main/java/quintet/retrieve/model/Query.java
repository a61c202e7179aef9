package quintet.retrieve.model;

/**
 * A question to a collection.
 *
 * @param text 1 to {@value #MAX_LENGTH} characters, not blank
 * @param topK number of hits, 1 to {@value #MAX_TOP_K}
 * @param rewriting what may be done to the text before it is searched
 * @param arrangement what becomes of what was found
 */
public record Query(
        String text,
        int topK,
        SearchMode mode,
        Fusion fusion,
        MetadataFilter filter,
        Rewriting rewriting,
        Arrangement arrangement) {
    /** Longest text in UTF-16 code units. */
    public static final int MAX_LENGTH = 8192;

    /** Largest number of hits. */
    public static final int MAX_TOP_K = 1000;

    /** Number of hits when the caller names none. */
    public static final int DEFAULT_TOP_K = 10;

    /** A query whose ranking is answered with as it is. */
    public Query(String text, int topK, SearchMode mode, Fusion fusion, MetadataFilter filter, Rewriting rewriting) {
        this(text, topK, mode, fusion, filter, rewriting, Arrangement.NONE);
    }

    /** Refuses what can be no query. */
    public Query {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "query has %d characters, must have 1 to %d".formatted(text.length(), MAX_LENGTH));
        }
        if (topK < 1 || topK > MAX_TOP_K) {
            throw new IllegalArgumentException("topK is %d, must be 1 to %d".formatted(topK, MAX_TOP_K));
        }
    }
}
