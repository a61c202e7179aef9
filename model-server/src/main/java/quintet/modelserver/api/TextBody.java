package quintet.modelserver.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.modelserver.model.Prompt;

/** The body of {@code POST /v1/completions}. */
final class TextBody extends SamplingBody {
    @Schema(description = "A text, a list of one text, or a list of tokens", required = true)
    public @Nullable Object prompt;

    @Schema(description = "Not supported")
    public @Nullable Boolean echo;

    @Schema(description = "Not supported")
    public @Nullable String suffix;

    Prompt readPrompt() {
        if (Boolean.TRUE.equals(echo) || suffix != null) {
            throw Failure.invalidInput(
                    "UNSUPPORTED", "echo and suffix are not supported by this server; leave them out");
        }
        return read(prompt);
    }

    static Prompt read(@Nullable Object prompt) {
        return switch (prompt) {
            case String text when !text.isEmpty() -> new Prompt.Text(text);
            case List<?> one
            when one.size() == 1 && one.getFirst() instanceof String text && !text.isEmpty() -> new Prompt.Text(text);
            case List<?> ids
            when !ids.isEmpty() && ids.stream().allMatch(Integer.class::isInstance) ->
                new Prompt.Tokens(ids.stream().map(Integer.class::cast).toList());
            case null, default ->
                throw Failure.invalidInput(
                        "INVALID_PROMPT",
                        "prompt must be a text, a list of one text, or a list of tokens, and not be empty");
        };
    }
}
