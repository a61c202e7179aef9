package quintet.modelserver.pipeline;

import java.util.List;
import java.util.Map;
import quintet.failure.Failure;
import quintet.modelserver.model.Prompt;
import quintet.modelserver.model.Tokens;
import quintet.modelserver.port.LanguageModel;

/** From prompts to tokens, on the thread of the model. */
final class Prompts {
    private Prompts() {}

    static Tokens tokens(Prompt prompt, LanguageModel model) {
        Tokens tokens = switch (prompt) {
            case Prompt.Chat(var messages) -> model.tokenize(model.prompt(messages), true, true);
            case Prompt.Text(String text) -> model.tokenize(text, true, true);
            case Prompt.Tokens(List<Integer> ids) -> checked(ids, model.ref().vocabularySize());
        };
        if (tokens.size() == 0) {
            throw Failure.invalidInput("EMPTY_PROMPT", "the prompt has no tokens, must have at least 1");
        }
        return tokens;
    }

    static Failure tooLong(int size, int most) {
        return Failure.invalidInput(
                "CONTEXT_OVERFLOW",
                "the prompt has %d tokens, must be at most %d: the context of the model is %d, of which the completion needs at least 1; send less text, or start the server with a larger context"
                        .formatted(size, most - 1, most),
                Map.of("promptTokens", Integer.toString(size), "contextTokens", Integer.toString(most)));
    }

    /** Refuses tokens that the model does not have. */
    static void check(List<Integer> ids, int vocabularySize) {
        for (int id : ids) {
            if (id < 0 || id >= vocabularySize) {
                throw Failure.invalidInput("UNKNOWN_TOKEN", "token is %d, must be 0 to %d", id, vocabularySize - 1);
            }
        }
    }

    private static Tokens checked(List<Integer> ids, int vocabularySize) {
        check(ids, vocabularySize);
        return new Tokens(ids.stream().mapToInt(Integer::intValue).toArray());
    }
}
