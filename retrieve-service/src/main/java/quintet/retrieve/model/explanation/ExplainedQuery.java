package quintet.retrieve.model.explanation;

import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.QueryVariant;

/**
 * A query that was searched.
 *
 * @param text what its vector was made of; empty if it was searched by words only
 * @param words what was searched by words; empty if it was searched by its vector only
 * @param filter that it was searched under, in its short form; empty for none
 * @param dense what its vector found; absent where none was searched
 * @param lexical what its words found; absent where none were searched
 * @param fusion how both became one; absent where there were not both
 */
public record ExplainedQuery(
        QueryVariant.Kind kind,
        String text,
        String words,
        String filter,
        @Nullable ExplainedList dense,
        @Nullable ExplainedList lexical,
        @Nullable ExplainedFusion fusion) {}
