package quintet.embed.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
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
     * @param scale what a step of an {@code int8} vector stands for; left out for others
     * @param truncated left out unless the text was cut
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            String object,
            int index,
            Object embedding,
            @Nullable Float scale,
            @Nullable Boolean truncated) {}

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
    static EmbeddingsReply of(EmbedResult result, VectorType type, boolean base64) {
        List<Item> items = new ArrayList<>(result.embeddings().size());
        for (int i = 0; i < result.embeddings().size(); i++) {
            Embedding embedding = result.embeddings().get(i);
            UnitVector vector = embedding.vector();
            items.add(new Item(
                    "embedding",
                    i,
                    base64 ? toBase64(vector, type) : toNumbers(vector, type),
                    type == VectorType.INT8 ? vector.int8Scale() : null,
                    embedding.truncated() ? true : null));
        }
        int tokens = result.tokenCount();
        return new EmbeddingsReply(
                "list", items, result.model().name(), result.model().revision(), new Usage(tokens, tokens));
    }

    private static Object toNumbers(UnitVector vector, VectorType type) {
        return switch (type) {
            case FLOAT -> vector.toArray();
            case INT8 -> numbers(vector.toInt8(), Byte::intValue);
            case UBINARY -> numbers(vector.toBits(), Byte::toUnsignedInt);
        };
    }

    /** Jackson would write an array of bytes as base64. */
    private static int[] numbers(byte[] bytes, ToIntFunction<Byte> value) {
        int[] numbers = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            numbers[i] = value.applyAsInt(bytes[i]);
        }
        return numbers;
    }

    private static String toBase64(UnitVector vector, VectorType type) {
        byte[] bytes = switch (type) {
            case FLOAT -> littleEndian(vector);
            case INT8 -> vector.toInt8();
            case UBINARY -> vector.toBits();
        };
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] littleEndian(UnitVector vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.dimension() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector.toArray());
        return bytes.array();
    }
}
