package quintet.retrieve.api.filter;

import java.util.Map;
import java.util.function.Supplier;
import quintet.failure.Failure;
import quintet.retrieve.model.MetadataFilter;

/** Refusals of filters, each with the place in the request. */
final class InvalidFilter {
    private static final int SHOWN = 64;

    private InvalidFilter() {}

    static Failure at(String where, String message) {
        return Failure.invalidInput("INVALID_FILTER", where + ": " + message, Map.of("at", where));
    }

    /** Returns what {@code filter} builds; what the model refuses is refused at {@code where}. */
    static MetadataFilter checked(String where, Supplier<? extends MetadataFilter> filter) {
        try {
            return filter.get();
        } catch (IllegalArgumentException e) {
            throw at(where, String.valueOf(e.getMessage()));
        }
    }

    /** Returns the beginning of a text that a caller sent. */
    static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
