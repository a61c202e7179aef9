package quintet.encoder.image;

import org.jspecify.annotations.Nullable;

/** An image is not taken; the message says why, and names the value and the bound. */
public final class ImageRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong with an image. */
    public enum Reason {
        /** It is not given as {@code data:image/...;base64,...}. */
        NOT_A_DATA_URL,
        /** The part behind {@code base64,} is something else. */
        NOT_BASE64,
        /** It is of a kind that is not read, or the bytes are no image. */
        UNSUPPORTED_TYPE,
        /** It has too many bytes or pixels. */
        TOO_LARGE,
        /** It is of a kind that is read, but broken. */
        DAMAGED
    }

    ImageRefusedException(Reason reason, String message) {
        this(reason, message, null);
    }

    ImageRefusedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns what is wrong. */
    public Reason reason() {
        return reason;
    }
}
