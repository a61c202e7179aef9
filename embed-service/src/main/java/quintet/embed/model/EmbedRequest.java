package quintet.embed.model;

import java.util.List;
import java.util.Optional;

/**
 * Texts that a caller waits for.
 *
 * @param texts in the order of the vectors
 * @param side of all texts
 * @param model name of the model that the caller expects; absent for the one there is
 */
public record EmbedRequest(List<String> texts, InputSide side, Optional<String> model) {
    /** Copies the texts. */
    public EmbedRequest {
        texts = List.copyOf(texts);
    }
}
