package quintet.embed.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import quintet.embed.model.EmbedRequest;
import quintet.embed.model.InputSide;
import quintet.failure.Failure;

/**
 * The body of {@code POST /v1/embeddings}. Fields that OpenAI's clients send beside these are left aside.
 *
 * @param input a text, or an array of texts; where the model reads images, a text may be the data URL of one
 * @param model the model that is expected; the one there is if left out
 * @param encodingFormat {@code float} (default) or {@code base64}: little-endian single precision, or the bytes of another type
 * @param dimensions length that the vectors are cut to, for a model that was trained for it; the model's own if left out
 * @param inputType {@code passage} (default) or {@code query}, which gets the model's own instruction
 * @param outputDtype {@code float} (default), {@code int8} with a {@code scale} for each vector, or {@code ubinary}: a bit a value
 * @param instruction what the vectors are for, for a model that takes instructions
 * @param truncate whether a text that does not fit the model is cut, and said to be; it is refused if left out
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EmbeddingsBody(
        @Schema(description = "A text, or an array of texts; with a CLIP model also images as data URLs") @Nullable
        JsonNode input,

        @Nullable String model,
        @JsonProperty("encoding_format") @Nullable String encodingFormat,
        @Nullable Integer dimensions,
        @JsonProperty("input_type") @Nullable String inputType,
        @JsonProperty("output_dtype") @Nullable String outputDtype,
        @Nullable String instruction,
        @Nullable Boolean truncate) {

    /** Returns the request that the body stands for. */
    EmbedRequest toModel() {
        return new EmbedRequest(
                texts(),
                side(),
                Optional.ofNullable(model),
                Optional.ofNullable(instruction),
                dimensions == null ? OptionalInt.empty() : OptionalInt.of(dimensions),
                truncate != null && truncate);
    }

    /** Returns how the values of the vectors are wanted. */
    VectorType vectorType() {
        return switch (outputDtype) {
            case null -> VectorType.FLOAT;
            case "float" -> VectorType.FLOAT;
            case "int8" -> VectorType.INT8;
            case "ubinary" -> VectorType.UBINARY;
            default -> throw invalidChoice("OUTPUT_DTYPE", "output_dtype", outputDtype, "float, int8 or ubinary");
        };
    }

    /** Returns whether vectors are wanted as base64. */
    boolean wantsBase64() {
        return switch (encodingFormat) {
            case null -> false;
            case "float" -> false;
            case "base64" -> true;
            default -> throw invalidChoice("ENCODING_FORMAT", "encoding_format", encodingFormat, "float or base64");
        };
    }

    private InputSide side() {
        return switch (inputType) {
            case null -> InputSide.PASSAGE;
            case "passage" -> InputSide.PASSAGE;
            case "query" -> InputSide.QUERY;
            default -> throw invalidChoice("INPUT_TYPE", "input_type", inputType, "passage or query");
        };
    }

    private List<String> texts() {
        if (input == null || input.isNull()) {
            throw Failure.invalidInput("EMPTY_INPUT", "input is missing, must be a text or an array of texts");
        }
        if (input.isTextual()) {
            return List.of(input.textValue());
        }
        if (!input.isArray()) {
            throw Failure.invalidInput(
                    "INVALID_INPUT", "input is %s, must be a text or an array of texts", kind(input));
        }
        List<String> texts = new ArrayList<>(input.size());
        for (JsonNode text : input) {
            if (!text.isTextual()) {
                throw Failure.invalidInput(
                        "INVALID_INPUT",
                        "input[%d] is %s, must be a text%s",
                        texts.size(),
                        kind(text),
                        text.isNumber() || text.isArray() ? ": arrays of tokens are not supported" : "");
            }
            texts.add(text.textValue());
        }
        return texts;
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "an array";
            case NULL -> "null";
            default -> "an object";
        };
    }

    private static Failure invalidChoice(String reason, String name, String value, String choices) {
        return Failure.invalidInput(
                "INVALID_" + reason,
                "%s is '%s', must be %s",
                name,
                value.length() <= 64 ? value : value.substring(0, 64) + "…",
                choices);
    }
}
