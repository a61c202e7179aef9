package quintet.embed.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.UnitVector;

/**
 * The reply of {@code POST /v1/embeddings}.
 *
 * @param object always {@code list}
 * @param data in the order of the texts
 * @param model name of the model
 * @param revision the first 12 hexadecimal digits of the SHA-256 of the model's file
 * @param usage tokens that went through the model
 */
public record EmbeddingsReply(String object, List<Item> data, String model, String revision, Usage usage) {
    /**
     * The vector of one text.
     *
     * @param object always {@code embedding}
     * @param index of the text
     * @param embedding an array of numbers, or base64 of them
     */
    public record Item(String object, int index, Object embedding) {}

    /**
     * Tokens, special ones included.
     *
     * @param promptTokens of all texts
     * @param totalTokens the same
     */
    public record Usage(
            @JsonProperty("prompt_tokens") int promptTokens,
            @JsonProperty("total_tokens") int totalTokens) {}

    /** Returns the reply that says {@code result}. */
    static EmbeddingsReply of(EmbedResult result, boolean base64) {
        List<Item> items = new ArrayList<>(result.embeddings().size());
        for (int i = 0; i < result.embeddings().size(); i++) {
            UnitVector vector = result.embeddings().get(i).vector();
            items.add(new Item("embedding", i, base64 ? toBase64(vector) : vector.toArray()));
        }
        int tokens = result.tokenCount();
        return new EmbeddingsReply(
                "list", items, result.model().name(), result.model().revision(), new Usage(tokens, tokens));
    }

    private static String toBase64(UnitVector vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.dimension() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector.toArray());
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
