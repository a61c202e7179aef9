package quintet.ingest.adapter.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.model.DeduplicationSettings;

/** Settings as jsonb. A section that follows the default is left out. */
final class SettingsJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SettingsJson() {}

    static String write(CollectionSettings settings) {
        ObjectNode json = MAPPER.createObjectNode();
        if (settings.chunking() != null) {
            json.set("chunking", MAPPER.valueToTree(settings.chunking()));
        }
        if (!settings.deduplication().equals(DeduplicationSettings.DEFAULT)) {
            json.set("deduplication", MAPPER.valueToTree(settings.deduplication()));
        }
        return json.toString();
    }

    /** Writes a chunking section by itself; empty if it is absent. */
    static String write(@Nullable ChunkingSettings chunking) {
        return chunking == null ? "{}" : MAPPER.valueToTree(chunking).toString();
    }

    static CollectionSettings read(String json) {
        JsonNode node = tree(json);
        return new CollectionSettings(
                section(node.get("chunking"), ChunkingSettings.class).orElse(null),
                section(node.get("deduplication"), DeduplicationSettings.class).orElse(DeduplicationSettings.DEFAULT));
    }

    /** Reads a chunking section by itself; absent if it is empty. */
    static Optional<ChunkingSettings> readChunking(String json) {
        return section(tree(json), ChunkingSettings.class);
    }

    private static <T> Optional<T> section(@Nullable JsonNode node, Class<T> type) {
        try {
            return node == null || node.isEmpty() ? Optional.empty() : Optional.of(MAPPER.treeToValue(node, type));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not settings: " + node, e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + json, e);
        }
    }
}
