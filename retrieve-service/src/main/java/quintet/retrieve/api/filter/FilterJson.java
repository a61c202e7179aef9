package quintet.retrieve.api.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import quintet.retrieve.model.Comparison;
import quintet.retrieve.model.MetadataFilter;

/**
 * Reads the JSON form of a filter: an object, each member of which must hold.
 *
 * <pre>
 * {"author": "Kim"}                    the field has the value; a string, number or boolean, compared as text
 * {"year": [2020, 2021]}               the field has one of the values
 * {"year": {"gte": 2020, "lt": 2024}}  each comparison holds: eq, ne, in, notIn, gt, gte, lt, lte, prefix, exists
 * {"or": [{...}, {...}]}               one of the filters holds
 * {"and": [{...}, {...}]}              all of the filters hold
 * {"not": {...}}                       the filter does not hold
 * </pre>
 *
 * <p>{@code gt}, {@code gte}, {@code lt} and {@code lte} take a number or a text that is a number or a date. With values in
 * place of objects, {@code and}, {@code or} and {@code not} are fields as any other; comparisons of a field {@code not} need the
 * short form.
 */
final class FilterJson {
    private FilterJson() {}

    /** Returns the filter that {@code object} stands for, or fails with INVALID_FILTER that names the path. */
    static MetadataFilter read(JsonNode object) {
        return filter(object, "filter", 0);
    }

    private static MetadataFilter filter(JsonNode node, String path, int level) {
        if (!node.isObject()) {
            throw mustBe(node, path, "an object such as {\"author\": \"Kim\"}");
        }
        if (level >= MetadataFilter.MAX_DEPTH) {
            throw InvalidFilter.at(path, "there are more than %d levels".formatted(MetadataFilter.MAX_DEPTH));
        }
        List<MetadataFilter> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = member.getKey();
            parts.add(member(name, member.getValue(), path + "." + InvalidFilter.shown(name), level));
        }
        return InvalidFilter.checked(path, () -> MetadataFilter.all(parts));
    }

    private static MetadataFilter member(String name, JsonNode value, String path, int level) {
        if (name.equals("and") && isListOfFilters(value)) {
            List<MetadataFilter> parts = filters(value, path, level);
            return InvalidFilter.checked(path, () -> MetadataFilter.all(parts));
        }
        if (name.equals("or") && isListOfFilters(value)) {
            List<MetadataFilter> parts = filters(value, path, level);
            return InvalidFilter.checked(path, () -> MetadataFilter.any(parts));
        }
        if (name.equals("not") && value.isObject()) {
            MetadataFilter negated = filter(value, path, level + 1);
            return InvalidFilter.checked(path, () -> new MetadataFilter.Not(negated));
        }
        return value.isObject() ? comparisons(name, value, path) : in(name, value, path);
    }

    private static boolean isListOfFilters(JsonNode value) {
        return value.isArray() && value.path(0).isObject();
    }

    private static List<MetadataFilter> filters(JsonNode array, String path, int level) {
        List<MetadataFilter> filters = new ArrayList<>();
        for (JsonNode each : array) {
            filters.add(filter(each, "%s[%d]".formatted(path, filters.size()), level + 1));
        }
        return filters;
    }

    private static MetadataFilter comparisons(String field, JsonNode object, String path) {
        List<MetadataFilter> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String where = path + "." + InvalidFilter.shown(member.getKey());
            parts.add(comparison(field, member.getKey(), member.getValue(), where));
        }
        if (parts.isEmpty()) {
            throw InvalidFilter.at(path, "there is no comparison, must be at least 1");
        }
        return InvalidFilter.checked(path, () -> MetadataFilter.all(parts));
    }

    private static MetadataFilter comparison(String field, String name, JsonNode value, String path) {
        return switch (name) {
            case "eq" -> in(field, one(value, path), path);
            case "ne" -> not(in(field, one(value, path), path), path);
            case "in" -> in(field, many(value, path), path);
            case "notIn" -> not(in(field, many(value, path), path), path);
            case "lt" -> range(field, Comparison.LESS, value, path);
            case "lte" -> range(field, Comparison.AT_MOST, value, path);
            case "gt" -> range(field, Comparison.MORE, value, path);
            case "gte" -> range(field, Comparison.AT_LEAST, value, path);
            case "prefix" -> {
                if (!value.isTextual()) {
                    throw mustBe(value, path, "a string");
                }
                yield InvalidFilter.checked(path, () -> new MetadataFilter.Prefix(field, value.textValue()));
            }
            case "exists" -> {
                if (!value.isBoolean()) {
                    throw mustBe(value, path, "true or false");
                }
                MetadataFilter exists = InvalidFilter.checked(path, () -> new MetadataFilter.Exists(field));
                yield value.booleanValue() ? exists : not(exists, path);
            }
            default ->
                throw InvalidFilter.at(
                        path, "is no comparison, must be one of eq, ne, in, notIn, gt, gte, lt, lte, prefix, exists");
        };
    }

    private static MetadataFilter range(String field, Comparison comparison, JsonNode value, String path) {
        if (value.isNumber()) {
            return InvalidFilter.checked(path, () -> comparison.range(field, value.doubleValue()));
        }
        return InvalidFilter.checked(
                path,
                () -> comparison
                        .range(field, value.isTextual() ? value.textValue() : "")
                        .orElseThrow(() -> mustBe(value, path, "a number or a date such as \"2024-05-01\"")));
    }

    private static MetadataFilter in(String field, JsonNode value, String path) {
        TreeSet<String> values = new TreeSet<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (!each.isTextual() && !each.isNumber() && !each.isBoolean()) {
                throw mustBe(each, path, "a string, a number, a boolean, or an array of them");
            }
            values.add(each.asText());
        }
        return InvalidFilter.checked(path, () -> new MetadataFilter.In(field, values));
    }

    private static MetadataFilter not(MetadataFilter filter, String path) {
        return InvalidFilter.checked(path, () -> new MetadataFilter.Not(filter));
    }

    private static JsonNode one(JsonNode value, String path) {
        if (value.isArray()) {
            throw mustBe(value, path, "a string, a number or a boolean");
        }
        return value;
    }

    private static JsonNode many(JsonNode value, String path) {
        if (!value.isArray()) {
            throw mustBe(value, path, "an array");
        }
        return value;
    }

    private static RuntimeException mustBe(JsonNode found, String path, String what) {
        return InvalidFilter.at(path, "found %s, must be %s".formatted(InvalidFilter.shown(found.toString()), what));
    }
}
