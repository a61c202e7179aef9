package quintet.encoder.work;

/** Work was refused or given up because the encoder is shutting down. */
public final class QueueClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueClosedException() {
        super("the encoder is shutting down");
    }
}
