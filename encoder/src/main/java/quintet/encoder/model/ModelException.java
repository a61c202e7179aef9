package quintet.encoder.model;

import org.jspecify.annotations.Nullable;

/** A model can not be used; the message says which, and how it differs from what is expected. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the person who chose the model. */
    public ModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Creates an exception with a sentence for the person who chose the model. */
    public ModelException(String message) {
        super(message);
    }
}
