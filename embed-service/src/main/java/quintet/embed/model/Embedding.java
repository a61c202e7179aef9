package quintet.embed.model;

/**
 * The vector of one text.
 *
 * @param vector of the model's dimension
 * @param tokenCount tokens of the text as the model read it, special ones included
 */
public record Embedding(UnitVector vector, int tokenCount) {}
