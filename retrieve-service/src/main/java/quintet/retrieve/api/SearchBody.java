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
 * @param query 1 to 8,192 characters
 * @param topK number of hits, 1 to 1,000, default 10
 * @param mode {@code hybrid} (default), {@code dense} or {@code lexical}
 * @param fusion {@code adaptive} (default), {@code weighted} or {@code rrf}
 * @param filter which passages are looked at, as an object or as a text, such as {@code {"author": "Kim"}} or {@code author =
 *     "Kim" and year >= 2020}
 * @param history the conversation before the query, oldest turn first, at most 64 turns of 32,768 characters
 * @param rewrite what may be done to the query before it is searched
 */
public record SearchBody(
        @Nullable String query,
        @Nullable Integer topK,
        @Nullable String mode,
        @Nullable String fusion,
        @Nullable JsonNode filter,
        @Nullable List<RewriteBody.@Nullable TurnBody> history,
        @Nullable RewriteBody rewrite) {

    /** Returns the query that the body stands for. */
    Query toModel() {
        return Requests.query(
                query == null ? "" : query,
                topK == null ? Query.DEFAULT_TOP_K : topK,
                choice("mode", mode, SearchMode.class, SearchMode.HYBRID),
                choice("fusion", fusion, Fusion.class, Fusion.ADAPTIVE),
                Filters.ofJson(filter),
                RewriteBody.toModel(rewrite, history));
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
