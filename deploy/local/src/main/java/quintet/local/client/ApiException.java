package quintet.local.client;

/** A request was refused or failed. The message is for people. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    ApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP status; 0 if nobody answered. */
    public int status() {
        return status;
    }

    /** Tells whether the same request may succeed in a moment. */
    public boolean isTransient() {
        return status == 0 || status == 429 || status == 502 || status == 503 || status == 504;
    }
}
