package quintet.modelserver.model;

import java.util.List;

/** What a completion continues. */
public sealed interface Prompt {
    /** A conversation, put into the model's own template. Control tokens that stand in its text are text. */
    record Chat(List<ChatMessage> messages) implements Prompt {
        public Chat {
            messages = List.copyOf(messages);
        }
    }

    /** A text as it is, behind the token that begins texts, if the model has one. Control tokens in it are control tokens. */
    record Text(String text) implements Prompt {}

    /** Tokens as they are. */
    record Tokens(List<Integer> ids) implements Prompt {
        public Tokens {
            ids = List.copyOf(ids);
        }
    }
}
