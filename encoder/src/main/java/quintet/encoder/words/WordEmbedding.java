package quintet.encoder.words;

/** The vector of a text and how much of the text it stands for. */
public final class WordEmbedding {
    private final float[] vector;
    private final int knownWords;
    private final int unknownWords;

    WordEmbedding(float[] vector, int knownWords, int unknownWords) {
        this.vector = vector;
        this.knownWords = knownWords;
        this.unknownWords = unknownWords;
    }

    /** Returns the vector, {@code [dimension]} and of unit length; not a copy. */
    public float[] vector() {
        return vector;
    }

    /** Returns how many words of the text are in the vector, whole or in parts; at least 1. */
    public int knownWords() {
        return knownWords;
    }

    /** Returns how many words of the text are not in the vector. */
    public int unknownWords() {
        return unknownWords;
    }

    /** Returns the number of words of the text, which are this model's tokens. */
    public int tokens() {
        return knownWords + unknownWords;
    }
}
