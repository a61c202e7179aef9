package quintet.ingest.adapter.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.GenerationComparison;

/** Numbers by name and comparisons as jsonb. */
final class ReindexJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Integer>> NUMBERS = new TypeReference<>() {};

    private ReindexJson() {}

    static @Nullable String write(@Nullable Object value) {
        try {
            return value == null ? null : MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts are always JSON", e);
        }
    }

    static Map<String, Integer> numbers(String json) {
        try {
            return MAPPER.readValue(json, NUMBERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a map of numbers: " + json, e);
        }
    }

    static @Nullable GenerationComparison comparison(@Nullable String json) {
        try {
            return json == null ? null : MAPPER.readValue(json, GenerationComparison.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a comparison: " + json, e);
        }
    }
}
