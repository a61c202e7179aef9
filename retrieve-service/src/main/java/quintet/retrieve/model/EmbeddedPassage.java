package quintet.retrieve.model;

import org.jspecify.annotations.Nullable;

/**
 * A passage and its vector.
 *
 * @param key what the vector is made from; null if nobody knows, and then no later version can reuse it
 */
public record EmbeddedPassage(
        Passage passage, UnitVector vector, @Nullable VectorKey key) {
    /** A passage with a vector of unknown making. */
    public EmbeddedPassage(Passage passage, UnitVector vector) {
        this(passage, vector, null);
    }
}
