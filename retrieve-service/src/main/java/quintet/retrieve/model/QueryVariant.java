package quintet.retrieve.model;

import java.util.Optional;

/**
 * One of the queries that are searched side by side.
 *
 * @param text what is searched by its vector; empty if this variant is searched by words only
 * @param words what is searched by words; empty if this variant is searched by its vector only
 */
public record QueryVariant(Kind kind, Optional<String> text, Optional<LexicalQuery> words, MetadataFilter filter) {
    /** Where a variant comes from. */
    public enum Kind {
        /** The query itself, with what was corrected and added. */
        QUERY,
        /** {@link Expansion#MULTI_QUERY}. */
        MULTI_QUERY,
        /** {@link Expansion#HYDE}. */
        HYDE,
        /** {@link Expansion#STEP_BACK}. */
        STEP_BACK,
        /** {@link Expansion#DECOMPOSE}. */
        DECOMPOSE,
        /** The query under the filters that were recognised in it. */
        FILTERED
    }

    /** Returns a variant that is searched by both. */
    public static QueryVariant of(Kind kind, String text, MetadataFilter filter) {
        return new QueryVariant(kind, Optional.of(text), Optional.of(LexicalQuery.of(text)), filter);
    }

    /** Returns the same variant under another filter. */
    public QueryVariant under(MetadataFilter other) {
        return new QueryVariant(kind, text, words, other);
    }
}
