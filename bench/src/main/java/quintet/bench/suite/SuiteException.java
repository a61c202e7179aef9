package quintet.bench.suite;

/** The suite did not do what it was asked; the message says what and why. */
public final class SuiteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message that a person can act on. */
    public SuiteException(String message) {
        super(message);
    }

    /** With a cause. */
    public SuiteException(String message, Throwable cause) {
        super(message, cause);
    }
}
