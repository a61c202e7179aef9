package quintet.retrieve.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.SearchMode;

/**
 * The body of {@code POST /v1/collections/{collection}/search}.
 *
 * @param query 1 to 8,192 characters
 * @param topK number of hits, 1 to 1,000, default 10
 * @param mode {@code hybrid} (default), {@code dense} or {@code lexical}
 * @param fusion {@code weighted} (default) or {@code rrf}
 * @param filter an object: each field has one of its values, a string, number, boolean or an array of those
 */
public record SearchBody(
        @Nullable String query,
        @Nullable Integer topK,
        @Nullable String mode,
        @Nullable String fusion,
        @Nullable JsonNode filter) {

    /** Returns the query that the body stands for. */
    Query toModel() {
        return Requests.query(
                query == null ? "" : query,
                topK == null ? Query.DEFAULT_TOP_K : topK,
                choice("mode", mode, SearchMode.class, SearchMode.HYBRID),
                choice("fusion", fusion, Fusion.class, Fusion.WEIGHTED),
                toModel(filter));
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

    private static MetadataFilter toModel(@Nullable JsonNode filter) {
        if (filter == null || filter.isNull()) {
            return MetadataFilter.NONE;
        }
        if (!filter.isObject()) {
            throw Requests.invalidFilter("filter is no object such as {\"author\": \"Kim\"}");
        }
        List<MetadataFilter> filters = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : filter.properties()) {
            filters.add(Requests.anyOf(field.getKey(), values(field.getKey(), field.getValue())));
        }
        return Requests.filter(filters);
    }

    private static List<String> values(String field, JsonNode value) {
        List<String> values = new ArrayList<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (!each.isTextual() && !each.isNumber() && !each.isBoolean()) {
                throw Requests.invalidFilter("a value of filter '%s' is no string, number or boolean".formatted(field));
            }
            values.add(each.asText());
        }
        return values;
    }
}
