package quintet.retrieve.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.api.filter.Filters;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.SearchMode;

/**
 * The body of {@code POST /v1/collections/{collection}/search}.
 *
 * @param query 1 to 8,192 characters; passages must contain what is in double quotes, at most 8 phrases
 * @param topK number of hits, 1 to 1,000, default 10
 * @param mode {@code hybrid} (default), {@code dense} or {@code lexical}
 * @param fusion {@code adaptive} (default), {@code weighted} or {@code rrf}
 * @param filter which passages are looked at, as an object or as a text, such as {@code {"author": "Kim"}} or {@code author =
 *     "Kim" and year >= 2020}
 * @param history the conversation before the query, oldest turn first, at most 64 turns of 32,768 characters
 * @param rewrite what may be done to the query before it is searched
 * @param diversity 0 to 1: how much a hit loses for being like a better one; default 0
 * @param perDocument most hits of one document, 1 to 1,000; default any number
 * @param expand passages before and behind a hit that are shown with it, 0 to 10; default 0
 * @param minScore hits below are left out: by cosine similarity, -1 to 1, or in lexical mode by BM25 score
 * @param explain whether the reply says what each stage did; default false
 */
public record SearchBody(
        @Nullable String query,
        @Nullable Integer topK,
        @Nullable String mode,
        @Nullable String fusion,
        @Nullable JsonNode filter,
        @Nullable List<RewriteBody.@Nullable TurnBody> history,
        @Nullable RewriteBody rewrite,
        @Nullable Double diversity,
        @Nullable Integer perDocument,
        @Nullable Integer expand,
        @Nullable Double minScore,
        @Nullable Boolean explain) {

    /** Returns the query that the body stands for. */
    Query toModel() {
        SearchMode searchMode = choice("mode", mode, SearchMode.class, SearchMode.HYBRID);
        return Requests.query(
                query == null ? "" : query,
                topK == null ? Query.DEFAULT_TOP_K : topK,
                searchMode,
                choice("fusion", fusion, Fusion.class, Fusion.ADAPTIVE),
                Filters.ofJson(filter),
                RewriteBody.toModel(rewrite, history),
                Requests.arrangement(diversity, perDocument, expand, minScore, searchMode));
    }

    private static <E extends Enum<E>> E choice(String name, @Nullable String value, Class<E> type, E otherwise) {
        if (value == null) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        throw Failure.invalidInput(
                "INVALID_" + name.toUpperCase(Locale.ROOT),
                "%s is '%s', must be one of %s",
                name,
                value.length() <= 64 ? value : value.substring(0, 64) + "…",
                java.util.Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    }
}
