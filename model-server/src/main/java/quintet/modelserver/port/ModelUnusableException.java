package quintet.modelserver.port;

import org.jspecify.annotations.Nullable;

/** A model can't be run here. The message is for the person who started it and says what to do. */
public final class ModelUnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Fails with a sentence. */
    public ModelUnusableException(String message) {
        super(message);
    }

    /** Fails with a sentence and what lies behind it. */
    public ModelUnusableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
