package quintet.local.part;

/** A part can't be brought up. The message is for the person at the terminal and says what to do where that is known. */
public final class PartFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Fails with a sentence. */
    public PartFailedException(String message) {
        super(message);
    }

    /** Fails with a sentence and what lies behind it. */
    public PartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
