package quintet.modelserver.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.modelserver.model.GenerationRequest;
import quintet.modelserver.model.Prompt;
import quintet.modelserver.model.Sampling;

/**
 * What chat and text completions have in common, in OpenAI's and vLLM's names. Fields that would change what comes and are not supported
 * are refused; others are ignored, as clients send them unasked.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
class SamplingBody {
    @Schema(description = "The model's name; may be left out")
    public @Nullable String model;

    @Schema(description = "Whether chunks are streamed")
    public @Nullable Boolean stream;

    @JsonProperty("stream_options")
    public @Nullable StreamOptionsBody streamOptions;

    @JsonProperty("max_tokens")
    public @Nullable Integer maxTokens;

    @JsonProperty("max_completion_tokens")
    public @Nullable Integer maxCompletionTokens;

    @Schema(description = "0 for the likeliest token always", defaultValue = "1")
    public @Nullable Double temperature;

    @JsonProperty("top_p")
    public @Nullable Double topP;

    @Schema(description = "Not of OpenAI: only so many of the likeliest tokens; 0 or -1 for all")
    @JsonProperty("top_k")
    public @Nullable Integer topK;

    @Schema(description = "Not of OpenAI: only tokens with this part of the likeliest one's probability")
    @JsonProperty("min_p")
    public @Nullable Double minP;

    public @Nullable Long seed;

    @JsonProperty("presence_penalty")
    public @Nullable Double presencePenalty;

    @JsonProperty("frequency_penalty")
    public @Nullable Double frequencyPenalty;

    @Schema(description = "Not of OpenAI: 1 for none")
    @JsonProperty("repetition_penalty")
    public @Nullable Double repetitionPenalty;

    @Schema(description = "A text or up to 16 that end the completion")
    public @Nullable Object stop;

    @Schema(description = "Number of choices; only 1")
    public @Nullable Integer n;

    @Schema(description = "Not supported")
    public @Nullable Object logprobs;

    @Schema(description = "Not supported")
    public @Nullable List<Object> tools;

    @Schema(description = "Only of type text")
    @JsonProperty("response_format")
    public @Nullable ResponseFormatBody responseFormat;

    @Schema(description = "Not of OpenAI: go on behind a token that ends texts")
    @JsonProperty("ignore_eos")
    public @Nullable Boolean ignoreEos;

    @Schema(description = "Not of OpenAI: false computes token by token, for comparison", defaultValue = "true")
    public @Nullable Boolean speculation;

    /** Options of a stream. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class StreamOptionsBody {
        @JsonProperty("include_usage")
        public @Nullable Boolean includeUsage;
    }

    /** Form of the completion. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class ResponseFormatBody {
        public @Nullable String type;
    }

    boolean streamed() {
        return Boolean.TRUE.equals(stream);
    }

    boolean usageWanted() {
        return streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage);
    }

    /** Returns the request, whose bound on its tokens is the default if the body names none. */
    GenerationRequest toModel(Prompt prompt, int defaultMaxTokens) {
        refuseUnsupported();
        Integer bound = maxCompletionTokens == null ? maxTokens : maxCompletionTokens;
        try {
            return new GenerationRequest(
                    prompt,
                    bound == null ? defaultMaxTokens : bound,
                    sampling(),
                    stops(),
                    !Boolean.FALSE.equals(speculation),
                    Boolean.TRUE.equals(ignoreEos));
        } catch (IllegalArgumentException e) {
            throw Failure.invalidInput("INVALID_REQUEST", "%s", String.valueOf(e.getMessage()));
        }
    }

    private Sampling sampling() {
        int limit = topK == null || topK == -1 ? 0 : topK;
        return new Sampling(
                or(temperature, 1),
                or(topP, 1),
                limit,
                or(minP, 0),
                seed == null ? ThreadLocalRandom.current().nextLong() : seed,
                or(repetitionPenalty, 1),
                or(presencePenalty, 0),
                or(frequencyPenalty, 0));
    }

    private List<String> stops() {
        return switch (stop) {
            case null -> List.of();
            case String text -> List.of(text);
            case List<?> texts
            when texts.stream().allMatch(String.class::isInstance) ->
                texts.stream().map(String.class::cast).toList();
            default -> throw Failure.invalidInput("INVALID_STOP", "stop must be a text or a list of texts");
        };
    }

    private void refuseUnsupported() {
        if (n != null && n != 1) {
            throw Failure.invalidInput("INVALID_N", "n is %d, must be 1", n);
        }
        if (logprobs != null && !Boolean.FALSE.equals(logprobs)) {
            throw unsupported("logprobs");
        }
        if (tools != null && !tools.isEmpty()) {
            throw unsupported("tools");
        }
        if (responseFormat != null && responseFormat.type != null && !responseFormat.type.equals("text")) {
            throw unsupported("response_format " + responseFormat.type);
        }
    }

    private static Failure unsupported(String what) {
        return Failure.invalidInput("UNSUPPORTED", "%s is not supported by this server; leave it out", what);
    }

    private static double or(@Nullable Double value, double otherwise) {
        return value == null ? otherwise : value;
    }
}
