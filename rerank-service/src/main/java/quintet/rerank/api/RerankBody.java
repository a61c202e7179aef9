package quintet.rerank.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.rerank.model.Candidate;
import quintet.rerank.model.RerankRequest;

/**
 * The body of {@code POST /v1/rerank}. Fields that Cohere's clients send beside these are left aside.
 *
 * @param model the model that is expected; the one there is if left out
 * @param query 1 to 8,192 characters
 * @param documents 1 to 256, each a text or {@code {"text": ..., "score": ...}}, where the score is the caller's own on any scale
 * @param topN number of results, at least 1; all if left out or larger than the number of documents. The fewer, the sooner they
 *     are settled: all documents are scored only if all are asked for
 * @param returnDocuments whether the reply repeats the texts
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RerankBody(
        @Nullable String model,
        @Nullable String query,

        @Schema(description = "Texts, or objects with text and score") @Nullable
        JsonNode documents,

        @JsonProperty("top_n") @Nullable Integer topN,
        @JsonProperty("return_documents") @Nullable Boolean returnDocuments) {

    /** Returns the request that the body stands for. */
    RerankRequest toModel() {
        if (topN != null && topN < 1) {
            throw Failure.invalidInput(
                    "INVALID_TOP_N",
                    "top_n is %d, must be at least 1".formatted(topN),
                    Map.of("topN", topN.toString()));
        }
        List<Candidate> candidates = candidates();
        return new RerankRequest(
                query == null ? "" : query,
                candidates,
                topN == null ? 0 : Math.min(topN, candidates.size()),
                Optional.ofNullable(model));
    }

    /** Returns whether the reply is to repeat the texts. */
    boolean wantsDocuments() {
        return returnDocuments != null && returnDocuments;
    }

    private List<Candidate> candidates() {
        if (documents == null || !documents.isArray()) {
            throw Failure.invalidInput("EMPTY_INPUT", "documents is missing or no array, must be an array of texts");
        }
        List<Candidate> candidates = new ArrayList<>(documents.size());
        for (JsonNode document : documents) {
            candidates.add(candidate(document, candidates.size()));
        }
        return candidates;
    }

    private static Candidate candidate(JsonNode document, int index) {
        JsonNode text = document.isObject() ? document.path("text") : document;
        JsonNode score = document.path("score");
        if (!text.isTextual()) {
            throw Failure.invalidInput("INVALID_DOCUMENT", "documents[%d] is no text and no object with a text", index);
        }
        if (!score.isMissingNode() && !score.isNull() && !score.isNumber()) {
            throw Failure.invalidInput("INVALID_SCORE", "documents[%d].score is no number", index);
        }
        return new Candidate(text.textValue(), score.isNumber() ? Optional.of(score.floatValue()) : Optional.empty());
    }
}
