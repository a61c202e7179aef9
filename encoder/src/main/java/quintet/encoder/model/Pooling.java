package quintet.encoder.model;

/** How the vectors of a text's tokens become the vector of the text. */
public enum Pooling {
    /** There is nothing to pool: the model gives scores, not vectors. */
    NONE,
    /** The vector of the first token, BERT's {@code [CLS]}. */
    CLS,
    /** The mean of the vectors of all tokens, special ones included. */
    MEAN
}
