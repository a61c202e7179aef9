package quintet.retrieve.api;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.SearchMode;

/** The bounds of a request, the same on both edges; each refusal names the value and the bound. */
final class Requests {
    static final int MAX_FILTERS = 32;
    static final int MAX_FILTER_VALUES = 256;
    private static final int MAX_FIELD_LENGTH = 256;
    private static final int MAX_VALUE_LENGTH = 8192;

    private Requests() {}

    /** Returns the name of a collection that may exist; a text that can be no name is not looked up. */
    static CollectionName collection(String name) {
        if (!CollectionName.isValid(name)) {
            throw Failure.notFound(
                    "COLLECTION_NOT_FOUND",
                    "there is no collection '%s': names have 1 to 64 of a-z, 0-9, _ and -",
                    name.length() <= 64 ? name : name.substring(0, 64) + "…");
        }
        return new CollectionName(name);
    }

    static Query query(String text, int topK, SearchMode mode, Fusion fusion, MetadataFilter filter) {
        if (text.isBlank()) {
            throw Failure.invalidInput("EMPTY_QUERY", "query has no characters but spaces, must have at least 1");
        }
        if (text.length() > Query.MAX_LENGTH) {
            throw Failure.invalidInput(
                    "QUERY_TOO_LONG",
                    "query has %d characters, must have at most %d".formatted(text.length(), Query.MAX_LENGTH),
                    Map.of("length", Integer.toString(text.length()), "bound", Integer.toString(Query.MAX_LENGTH)));
        }
        if (topK < 1 || topK > Query.MAX_TOP_K) {
            throw Failure.invalidInput(
                    "INVALID_TOP_K",
                    "topK is %d, must be 1 to %d".formatted(topK, Query.MAX_TOP_K),
                    Map.of("topK", Integer.toString(topK), "bound", Integer.toString(Query.MAX_TOP_K)));
        }
        return new Query(text, topK, mode, fusion, filter);
    }

    /** Returns the filter that keeps what every one of {@code filters} keeps. */
    static MetadataFilter filter(List<MetadataFilter> filters) {
        if (filters.size() > MAX_FILTERS) {
            throw invalidFilter("there are %d filters, must be at most %d".formatted(filters.size(), MAX_FILTERS));
        }
        return MetadataFilter.all(filters);
    }

    static MetadataFilter anyOf(String field, List<String> values) {
        if (field.isEmpty() || field.length() > MAX_FIELD_LENGTH) {
            throw invalidFilter("a field of the filter has %d characters, must have 1 to %d"
                    .formatted(field.length(), MAX_FIELD_LENGTH));
        }
        if (values.isEmpty() || values.size() > MAX_FILTER_VALUES) {
            throw invalidFilter(
                    "filter '%s' has %d values, must have 1 to %d".formatted(field, values.size(), MAX_FILTER_VALUES));
        }
        for (String value : values) {
            if (value.length() > MAX_VALUE_LENGTH) {
                throw invalidFilter("a value of filter '%s' has %d characters, must have at most %d"
                        .formatted(field, value.length(), MAX_VALUE_LENGTH));
            }
        }
        return new MetadataFilter.In(field, new TreeSet<>(values));
    }

    static Failure invalidFilter(String message) {
        return Failure.invalidInput("INVALID_FILTER", message, Map.of());
    }
}
