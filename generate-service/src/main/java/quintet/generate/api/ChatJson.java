package quintet.generate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.ClaimCounts;
import quintet.generate.model.FinishReason;

/** Chat completions as OpenAI shapes them, with {@code citations}, {@code sources} and {@code quintet} beside. */
final class ChatJson {
    private ChatJson() {}

    /** Tokens as the model server counts them. */
    record UsageJson(
            @JsonProperty("prompt_tokens") int promptTokens,
            @JsonProperty("completion_tokens") int completionTokens,
            @JsonProperty("total_tokens") int totalTokens) {
        static UsageJson of(AnswerEvent.Done done) {
            int prompt = done.usage().promptTokens();
            int completion = done.usage().completionTokens();
            return new UsageJson(prompt, completion, prompt + completion);
        }
    }

    /** A message or a piece of one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MessageJson(
            @Nullable String role,
            @Nullable String content,
            @Nullable List<AnnotationJson> annotations) {}

    /** A citation where OpenAI's clients look for one. */
    record AnnotationJson(
            String type, @JsonProperty("file_citation") FileCitationJson fileCitation) {}

    /** The document of a citation. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FileCitationJson(
            @JsonProperty("file_id") String fileId,
            String filename,
            int number,
            @Nullable Integer page,
            String quote) {}

    /** A choice of a whole completion. */
    record ChoiceJson(
            int index,
            MessageJson message,
            @JsonProperty("finish_reason") String finishReason) {}

    /** A choice of a chunk; {@code finish_reason} is null until the last. */
    record DeltaJson(
            int index,
            MessageJson delta,
            @JsonProperty("finish_reason") @Nullable String finishReason) {}

    /** How the answer came about. */
    record QuintetJson(
            @JsonProperty("finish_reason") String finishReason,
            String model,
            String mode,
            List<String> degraded,
            Map<String, Double> timings,
            @JsonInclude(JsonInclude.Include.NON_NULL) AnswerJson.@Nullable PaceJson pace,
            boolean cached,
            ClaimCounts claims,
            @JsonProperty("trace_id") String traceId) {
        static QuintetJson of(AnswerEvent.Done done, String traceId) {
            AnswerJson.DoneJson json = (AnswerJson.DoneJson) AnswerJson.data(done);
            return new QuintetJson(
                    json.finishReason(),
                    json.model(),
                    json.mode(),
                    json.degraded(),
                    json.timings(),
                    json.pace(),
                    json.cached(),
                    json.claims(),
                    traceId);
        }
    }

    /** A whole completion. */
    record CompletionJson(
            String id,
            String object,
            long created,
            String model,
            List<ChoiceJson> choices,
            UsageJson usage,
            List<AnswerJson.CitationJson> citations,
            List<AnswerJson.ClaimJson> claims,
            List<AnswerJson.SourceJson> sources,
            QuintetJson quintet) {}

    /** A chunk of a stream; what is null is absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChunkJson(
            String id,
            String object,
            long created,
            String model,
            List<DeltaJson> choices,
            @Nullable UsageJson usage,
            @Nullable List<AnswerJson.CitationJson> citations,
            @Nullable List<AnswerJson.ClaimJson> claims,
            @Nullable List<AnswerJson.SourceJson> sources,
            @Nullable QuintetJson quintet) {}

    /** An error as OpenAI's clients read it. */
    record ErrorJson(String message, String type, @Nullable String param, String code) {}

    /** A stream that could not be completed. */
    record FailedJson(ErrorJson error) {}

    /** OpenAI's word for the end. */
    static String finishReason(FinishReason reason) {
        return reason == FinishReason.LENGTH ? "length" : "stop";
    }
}
