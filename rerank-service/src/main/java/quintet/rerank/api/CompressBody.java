package quintet.rerank.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.rerank.model.CompressRequest;

/**
 * The body of {@code POST /v1/compress}.
 *
 * @param model the model that is expected; the one there is if left out
 * @param query 1 to 8,192 characters
 * @param passages 1 to 64 texts, best first, of at most 131,072 characters together
 * @param maxTokens bound on the tokens that are kept, at least 1; none if left out
 * @param threshold share of the best sentence's score below which a sentence is left out, 0 to 1
 * @param keepFirst whether a passage of which something is kept also keeps its first sentence, often its heading
 * @param mmrLambda weight of a sentence's own score against its likeness to those kept already, 0 to 1; 1 if left out
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CompressBody(
        @Nullable String model,
        @Nullable String query,

        @Schema(
                type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.ARRAY,
                implementation = String.class)
        @Nullable
        JsonNode passages,

        @JsonProperty("max_tokens") @Nullable Integer maxTokens,
        @Nullable Double threshold,
        @JsonProperty("keep_first") @Nullable Boolean keepFirst,
        @JsonProperty("mmr_lambda") @Nullable Double mmrLambda) {

    /** Returns the request that the body stands for. */
    CompressRequest toModel() {
        return new CompressRequest(
                query == null ? "" : query,
                texts(),
                Optional.ofNullable(maxTokens),
                Optional.ofNullable(threshold),
                Optional.ofNullable(keepFirst),
                Optional.ofNullable(mmrLambda),
                Optional.ofNullable(model));
    }

    private List<String> texts() {
        if (passages == null || !passages.isArray()) {
            throw Failure.invalidInput("EMPTY_INPUT", "passages is missing or no array, must be an array of texts");
        }
        List<String> texts = new ArrayList<>(passages.size());
        for (JsonNode passage : passages) {
            if (!passage.isTextual()) {
                throw Failure.invalidInput("INVALID_PASSAGE", "passages[%d] is no text", texts.size());
            }
            texts.add(passage.textValue());
        }
        return texts;
    }
}
