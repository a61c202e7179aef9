package quintet.embed.adapter;

import java.util.Map;
import quintet.encoder.TextTooLongException;
import quintet.failure.Failure;

/** Says which text of a request an encoder does not take. */
public final class RefusedTexts {
    private RefusedTexts() {}

    /** Returns the refusal of a text that does not fit the model, by its place in the request. */
    public static Failure tooLong(int index, TextTooLongException refused, String model) {
        return Failure.invalidInput(
                "TEXT_TOO_LONG",
                "text %d has %d tokens, at most %d fit %s"
                        .formatted(index, refused.tokens(), refused.maxTokens(), model),
                Map.of(
                        "index", Integer.toString(index),
                        "tokens", Integer.toString(refused.tokens()),
                        "bound", Integer.toString(refused.maxTokens())));
    }
}
