package quintet.encoder.words;

/** A text has no vector: no word of it is known, or its known words say nothing together. */
public final class NoKnownWordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int knownWords;
    private final int unknownWords;

    NoKnownWordException(int knownWords, int unknownWords) {
        super(
                knownWords == 0
                        ? "none of the text's %d words is known to the model".formatted(unknownWords)
                        : "the text's %d known words add up to no direction, %d more are unknown"
                                .formatted(knownWords, unknownWords));
        this.knownWords = knownWords;
        this.unknownWords = unknownWords;
    }

    /** Returns how many words have a vector: more than 0 only if these cancel out. */
    public int knownWords() {
        return knownWords;
    }

    /** Returns how many words have none; 0 too for a text without a letter or digit. */
    public int unknownWords() {
        return unknownWords;
    }
}
