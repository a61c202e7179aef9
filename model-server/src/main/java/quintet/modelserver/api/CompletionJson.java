package quintet.modelserver.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quintet.modelserver.model.Usage;

/** Completions as OpenAI shapes them. */
final class CompletionJson {
    private CompletionJson() {}

    /** Tokens; {@code speculation} is not of OpenAI. */
    record UsageJson(
            @JsonProperty("prompt_tokens") int promptTokens,
            @JsonProperty("completion_tokens") int completionTokens,
            @JsonProperty("total_tokens") int totalTokens,
            @JsonProperty("prompt_tokens_details") PromptDetailsJson promptDetails,
            SpeculationJson speculation) {
        static UsageJson of(Usage usage) {
            return new UsageJson(
                    usage.promptTokens(),
                    usage.completionTokens(),
                    usage.promptTokens() + usage.completionTokens(),
                    new PromptDetailsJson(usage.cachedTokens()),
                    new SpeculationJson(usage.draftedTokens(), usage.acceptedTokens()));
        }
    }

    /** Tokens of the prompt that were computed before. */
    record PromptDetailsJson(@JsonProperty("cached_tokens") int cachedTokens) {}

    /** Tokens that were guessed, and those of them that came. */
    record SpeculationJson(
            @JsonProperty("draft_tokens") int draftTokens,
            @JsonProperty("accepted_tokens") int acceptedTokens) {}

    /** A message or a piece of one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MessageJson(@Nullable String role, @Nullable String content) {}

    /** A choice: {@code message}, {@code delta} or {@code text}; {@code finish_reason} is null until the last chunk. */
    record ChoiceJson(
            int index,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            MessageJson message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            MessageJson delta,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String text,

            @JsonProperty("finish_reason") @Nullable String finishReason) {}

    /** A completion or a chunk of one. */
    record BodyJson(
            String id,
            String object,
            long created,
            String model,
            List<ChoiceJson> choices,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            UsageJson usage) {}

    /** An error as OpenAI's clients read it. */
    record ErrorJson(String message, String type, @Nullable String param, String code) {}

    /** A stream that could not be completed. */
    record FailedJson(ErrorJson error) {}
}
