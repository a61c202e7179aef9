package quintet.embed.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Texts that a caller waits for.
 *
 * @param texts in the order of the vectors
 * @param side of all texts
 * @param model name of the model that the caller expects; absent for the one there is
 * @param instruction what the vectors are for, said to the model in front of each text
 * @param dimensions length that the vectors are cut to; absent for the model's own
 * @param truncate whether a text that does not fit the model is cut, not refused
 */
public record EmbedRequest(
        List<String> texts,
        InputSide side,
        Optional<String> model,
        Optional<String> instruction,
        OptionalInt dimensions,
        boolean truncate) {
    /** Copies the texts. */
    public EmbedRequest {
        texts = List.copyOf(texts);
    }

    /** Returns texts as the model reads them unless told otherwise. */
    public static EmbedRequest of(List<String> texts, InputSide side) {
        return new EmbedRequest(texts, side, Optional.empty(), Optional.empty(), OptionalInt.empty(), false);
    }
}
