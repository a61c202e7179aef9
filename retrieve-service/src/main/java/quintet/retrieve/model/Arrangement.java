package quintet.retrieve.model;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a ranking before it is answered with.
 *
 * @param diversity 0 to 1: how much a hit loses for being like a better one; 0 orders by score alone
 * @param perDocument most hits of one document, 1 to {@value Query#MAX_TOP_K}; 0 for any number
 * @param expand passages before and behind a hit, of the same document, that are shown with it, 0 to {@value #MAX_EXPAND}
 * @param minScore hits below are left out: a cosine similarity of -1 to 1, or in lexical mode a BM25 score, at least 0; absent
 *     for none
 */
public record Arrangement(
        double diversity,
        int perDocument,
        int expand,
        @Nullable Double minScore) {
    /** Most neighbours on each side. */
    public static final int MAX_EXPAND = 10;

    /** As the ranking is. */
    public static final Arrangement NONE = new Arrangement(0, 0, 0, null);

    /** Refuses what is out of bounds. */
    public Arrangement {
        if (!(diversity >= 0 && diversity <= 1)) {
            throw new IllegalArgumentException("diversity is %s, must be 0 to 1".formatted(diversity));
        }
        if (perDocument < 0 || perDocument > Query.MAX_TOP_K) {
            throw new IllegalArgumentException(
                    "perDocument is %d, must be 1 to %d".formatted(perDocument, Query.MAX_TOP_K));
        }
        if (expand < 0 || expand > MAX_EXPAND) {
            throw new IllegalArgumentException("expand is %d, must be 0 to %d".formatted(expand, MAX_EXPAND));
        }
        if (minScore != null && !Double.isFinite(minScore)) {
            throw new IllegalArgumentException("minScore is %s, must be a number".formatted(minScore));
        }
    }

    /** Returns whether hits may come from further down the ranking than as many as are asked for. */
    public boolean looksFurther() {
        return diversity > 0 || perDocument > 0;
    }
}
