package quintet.encoder;

/** A text does not fit the model's window, which never happens silently. */
public final class TextTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int tokens;
    private final int maxTokens;

    /** Creates an exception for a text of {@code tokens} and a model of {@code maxTokens}, special ones included. */
    public TextTooLongException(int tokens, int maxTokens) {
        super("the text has %d tokens, at most %d fit the model".formatted(tokens, maxTokens));
        this.tokens = tokens;
        this.maxTokens = maxTokens;
    }

    /** Returns the length of the text in tokens, special ones included. */
    public int tokens() {
        return tokens;
    }

    /** Returns the window of the model in tokens. */
    public int maxTokens() {
        return maxTokens;
    }
}
