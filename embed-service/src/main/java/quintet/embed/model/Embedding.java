package quintet.embed.model;

/**
 * The vector of one text.
 *
 * @param vector of the model's dimension
 * @param tokenCount tokens of the text as the model read it, special ones included
 * @param truncated whether the model read only the beginning of the text
 */
public record Embedding(UnitVector vector, int tokenCount, boolean truncated) {
    /** Returns the embedding with the first {@code dimensions} values of its vector, brought to unit length. */
    public Embedding cutTo(int dimensions) {
        return new Embedding(vector.cutTo(dimensions), tokenCount, truncated);
    }
}
