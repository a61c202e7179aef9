package quintet.generate.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.Asker;
import quintet.generate.model.Question;
import quintet.generate.model.Turn;

/**
 * The body of {@code POST /v1/chat/completions}, OpenAI's. The model is a collection. Sampling parameters are accepted and ignored:
 * clients send them unasked.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
final class ChatBody {
    @Schema(description = "The collection to answer from", defaultValue = Question.DEFAULT_COLLECTION)
    public @Nullable String model;

    @Schema(description = "The conversation; the last user message is the question", required = true)
    public @Nullable List<@Nullable MessageBody> messages;

    @Schema(description = "Whether chunks are streamed")
    public @Nullable Boolean stream;

    @JsonProperty("stream_options")
    public @Nullable StreamOptionsBody streamOptions;

    @Schema(description = "Number of choices; only 1")
    public @Nullable Integer n;

    @Schema(description = "Not of OpenAI: passages to answer from, 1 to 50", defaultValue = "6")
    @JsonProperty("top_k")
    public @Nullable Integer topK;

    @Schema(implementation = Object.class, description = "Not of OpenAI: as in POST /v1/answers, an object or a string")
    public @Nullable JsonNode filter;

    @Schema(description = "Not of OpenAI: interactive or batch, as in POST /v1/answers", defaultValue = "interactive")
    public @Nullable String priority;

    /** A message: {@code content} is a string or a list of parts. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class MessageBody {
        public @Nullable String role;

        @Schema(description = "A string or a list of parts of type text")
        public @Nullable Object content;
    }

    /** Options of a stream. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class StreamOptionsBody {
        @JsonProperty("include_usage")
        public @Nullable Boolean includeUsage;
    }

    boolean streamed() {
        return Boolean.TRUE.equals(stream);
    }

    boolean usageWanted() {
        return streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage);
    }

    String collection() {
        return model == null || model.isBlank() ? Question.DEFAULT_COLLECTION : model;
    }

    /** Returns the last user message as the question, with the turns before it and the system messages as instructions. */
    Question toModel(String tenant) {
        if (n != null && n != 1) {
            throw Failure.invalidInput("INVALID_N", "n is %d, must be 1", n);
        }
        List<Turn> turns = new ArrayList<>();
        List<String> instructions = new ArrayList<>();
        List<@Nullable MessageBody> all = messages == null ? List.of() : messages;
        for (int i = 0; i < all.size(); i++) {
            MessageBody message = all.get(i);
            String role = message == null || message.role == null ? "" : message.role.toLowerCase(Locale.ROOT);
            String content = content(message == null ? null : message.content, i);
            switch (role) {
                case "system", "developer" -> instructions.add(content);
                case "user", "assistant" ->
                    turns.add(new Turn(AnswerBody.role(role, "messages[%d].role".formatted(i)), content));
                default ->
                    throw Failure.invalidInput(
                            "INVALID_HISTORY",
                            "messages[%d].role is \"%.40s\", must be system, developer, user or assistant",
                            i,
                            role);
            }
        }
        if (turns.isEmpty() || turns.getLast().role() != quintet.generate.model.Role.USER) {
            throw Failure.invalidInput("EMPTY_QUESTION", "the last message must be the user's, it is the question");
        }
        return new Question(
                collection(),
                turns.getLast().content(),
                turns.subList(0, turns.size() - 1),
                AnswerBody.filter(filter),
                topK == null ? Question.DEFAULT_TOP_K : topK,
                String.join("\n", instructions),
                new Asker(tenant, AnswerBody.priority(priority)));
    }

    private static String content(@Nullable Object content, int index) {
        return switch (content) {
            case null -> "";
            case String text -> text;
            case List<?> parts -> parts.stream().map(part -> text(part, index)).collect(Collectors.joining("\n"));
            default -> throw unreadable(index);
        };
    }

    private static String text(@Nullable Object part, int index) {
        if (part instanceof Map<?, ?> map && map.get("text") instanceof String text) {
            return text;
        }
        throw unreadable(index);
    }

    private static Failure unreadable(int index) {
        return Failure.invalidInput(
                "INVALID_CONTENT", "messages[%d].content must be a string or a list of parts of type text", index);
    }
}
