package quintet.bench.chunking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A way of cutting that is measured.
 *
 * @param name how the table calls it
 * @param chunking what a collection is told, as JSON
 */
public record Variant(String name, String chunking) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every strategy, some in several sizes. */
    public static final List<Variant> ALL = List.of(
            of("structure", "\"targetTokens\": 100, \"maxTokens\": 144, \"overlapTokens\": 15"),
            of("structure", "\"targetTokens\": 200, \"maxTokens\": 288, \"overlapTokens\": 30"),
            of("structure", "\"targetTokens\": 340, \"maxTokens\": 450, \"overlapTokens\": 30"),
            of("recursive", "\"maxTokens\": 128, \"overlapTokens\": 0"),
            of("recursive", "\"maxTokens\": 256, \"overlapTokens\": 0"),
            of("recursive", "\"maxTokens\": 256, \"overlapTokens\": 64"),
            of("recursive", "\"maxTokens\": 480, \"overlapTokens\": 0"),
            of("heading", "\"maxTokens\": 384"),
            of("sentence-window", "\"maxTokens\": 96, \"windowSentences\": 1"),
            of("sentence-window", "\"maxTokens\": 96, \"windowSentences\": 3"),
            of("semantic", "\"maxTokens\": 384, \"breakpointPercentile\": 75"),
            of("semantic", "\"maxTokens\": 384, \"breakpointPercentile\": 90"),
            of("parent-child", "\"maxTokens\": 64, \"parentTokens\": 256"),
            of("parent-child", "\"maxTokens\": 128, \"parentTokens\": 512"));

    private static Variant of(String strategy, String sizes) {
        return new Variant(
                strategy + " " + sizes.replaceAll("\"\\w+\": ", "").replace(", ", "/"),
                "{\"strategy\": \"" + strategy + "\", " + sizes + "}");
    }

    /** Returns the name of its strategy. */
    public String strategy() {
        return name.replaceFirst(" .*", "");
    }

    /** Returns the settings of a collection that is cut this way. */
    JsonNode settings() {
        try {
            ObjectNode settings = JSON.createObjectNode();
            return settings.set("chunking", JSON.readTree(chunking));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(chunking, e);
        }
    }
}
