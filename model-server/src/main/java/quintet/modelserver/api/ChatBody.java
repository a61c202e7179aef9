package quintet.modelserver.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.modelserver.model.ChatMessage;
import quintet.modelserver.model.Prompt;

/** The body of {@code POST /v1/chat/completions}. */
final class ChatBody extends SamplingBody {
    @Schema(description = "The conversation", required = true)
    public @Nullable List<@Nullable MessageBody> messages;

    /** A message: {@code content} is a string or a list of parts. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class MessageBody {
        public @Nullable String role;

        @Schema(description = "A string or a list of parts of type text")
        public @Nullable Object content;
    }

    Prompt prompt() {
        return conversation(messages);
    }

    static Prompt conversation(@Nullable List<@Nullable MessageBody> messages) {
        if (messages == null || messages.isEmpty()) {
            throw Failure.invalidInput("EMPTY_MESSAGES", "messages is empty, must have at least one");
        }
        List<ChatMessage> read = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            MessageBody message = messages.get(i);
            String role = message == null || message.role == null ? "" : message.role;
            String known = switch (role) {
                case "system", "developer" -> "system";
                case "user", "assistant" -> role;
                default ->
                    throw Failure.invalidInput(
                            "INVALID_ROLE",
                            "messages[%d].role is \"%.40s\", must be system, developer, user or assistant",
                            i,
                            role);
            };
            read.add(new ChatMessage(known, content(message == null ? null : message.content, i)));
        }
        return new Prompt.Chat(read);
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
