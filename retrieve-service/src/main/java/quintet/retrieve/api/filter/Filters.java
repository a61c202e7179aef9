package quintet.retrieve.api.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.MetadataFilter;

/** Reads filters as callers write them; what can be none fails with INVALID_FILTER. */
public final class Filters {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private Filters() {}

    /** Reads the value of {@code filter} in a body: an object, or a string with a text; absent or null for no filter. */
    public static MetadataFilter ofJson(@Nullable JsonNode filter) {
        if (filter == null || filter.isNull()) {
            return MetadataFilter.NONE;
        }
        return filter.isTextual() ? ofText(filter.textValue()) : FilterJson.read(filter);
    }

    /** Reads the short form, or the JSON form where the text begins with a brace. */
    public static MetadataFilter ofText(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return FilterParser.parse(text);
        }
        try {
            return FilterJson.read(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw InvalidFilter.at(FilterParser.column(column(e)), "this is no JSON: " + e.getOriginalMessage());
        }
    }

    private static int column(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : (int) Math.max(1, e.getLocation().getCharOffset() + 1);
    }
}
