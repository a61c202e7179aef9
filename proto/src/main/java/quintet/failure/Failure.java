package quintet.failure;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a stable reason, the same on HTTP, gRPC and RabbitMQ. Anything else that escapes is a bug and becomes
 * {@link Kind#INTERNAL}.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the caller can do about it, and how each edge says so. */
    public enum Kind {
        /** The request can never succeed as it is. */
        INVALID_INPUT(400, false),
        /** Nobody knows who asks. */
        UNAUTHENTICATED(401, false),
        /** Who asks may not do that. */
        FORBIDDEN(403, false),
        /** What the request names does not exist. */
        NOT_FOUND(404, false),
        /** What the request names is not in the state that the request needs. */
        CONFLICT(409, false),
        /** Too much at once; the same request may succeed later. */
        OVERLOADED(429, true),
        /** Something that is needed does not answer; the same request may succeed later. */
        UNAVAILABLE(503, true),
        /** A bug; no detail leaves the service. */
        INTERNAL(500, false);

        private final int httpStatus;
        private final boolean retryable;

        Kind(int httpStatus, boolean retryable) {
            this.httpStatus = httpStatus;
            this.retryable = retryable;
        }

        /** Returns the HTTP status that stands for this kind. */
        public int httpStatus() {
            return httpStatus;
        }

        /** Returns whether the same request may succeed later. */
        public boolean retryable() {
            return retryable;
        }
    }

    private final Kind kind;
    private final String reason;

    @SuppressWarnings("serial") // immutable maps of strings are serializable
    private final Map<String, String> metadata;

    private final @Nullable Duration retryAfter;

    private Failure(
            Kind kind,
            String reason,
            String message,
            Map<String, String> metadata,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.reason = reason;
        this.metadata = Map.copyOf(metadata);
        this.retryAfter = retryAfter;
    }

    /** Returns a failure of the caller's making; {@code message} names the value and the bound. */
    public static Failure invalidInput(String reason, String message, Map<String, String> metadata) {
        return new Failure(Kind.INVALID_INPUT, reason, message, metadata, null, null);
    }

    /** Returns a failure of the caller's making; {@code message} is a {@link String#format} pattern. */
    @FormatMethod
    public static Failure invalidInput(String reason, @FormatString String message, Object... arguments) {
        return new Failure(Kind.INVALID_INPUT, reason, format(message, arguments), Map.of(), null, null);
    }

    /** Returns a refusal because nobody knows who asks. */
    @FormatMethod
    public static Failure unauthenticated(String reason, @FormatString String message, Object... arguments) {
        return new Failure(Kind.UNAUTHENTICATED, reason, format(message, arguments), Map.of(), null, null);
    }

    /** Returns a refusal because who asks may not do that; never where it would tell what there is. */
    @FormatMethod
    public static Failure forbidden(String reason, @FormatString String message, Object... arguments) {
        return new Failure(Kind.FORBIDDEN, reason, format(message, arguments), Map.of(), null, null);
    }

    /** Returns a failure for something that does not exist; never for an outage. */
    @FormatMethod
    public static Failure notFound(String reason, @FormatString String message, Object... arguments) {
        return new Failure(Kind.NOT_FOUND, reason, format(message, arguments), Map.of(), null, null);
    }

    /** Returns a refusal because something is not in the state that the request needs. */
    @FormatMethod
    public static Failure conflict(String reason, @FormatString String message, Object... arguments) {
        return new Failure(Kind.CONFLICT, reason, format(message, arguments), Map.of(), null, null);
    }

    /** Returns a refusal because a bound is reached; the caller may come again after {@code retryAfter}. */
    public static Failure overloaded(String reason, String message, Duration retryAfter) {
        return new Failure(Kind.OVERLOADED, reason, message, Map.of(), retryAfter, null);
    }

    /** Returns a failure of something this service needs. */
    public static Failure unavailable(String reason, String message, @Nullable Throwable cause) {
        return new Failure(Kind.UNAVAILABLE, reason, message, Map.of(), null, cause);
    }

    /** Returns a failure that is a bug. */
    public static Failure internal(Throwable cause) {
        return new Failure(Kind.INTERNAL, "INTERNAL", "an internal error, see the log", Map.of(), null, cause);
    }

    /** Returns a failure received from another service, as it was sent. */
    public static Failure received(
            Kind kind,
            String reason,
            String message,
            Map<String, String> metadata,
            @Nullable Duration retryAfter,
            Throwable cause) {
        return new Failure(kind, reason, message, metadata, retryAfter, cause);
    }

    /** Returns {@code thrown} itself or the first {@link Failure} among its causes, else an {@link Kind#INTERNAL} one. */
    public static Failure of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Failure failure) {
                return failure;
            }
        }
        return internal(thrown);
    }

    /** Returns what the caller can do about it. */
    public Kind kind() {
        return kind;
    }

    /** Returns the stable reason in UPPER_SNAKE_CASE. */
    public String reason() {
        return reason;
    }

    /** Returns the sentence for people. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** Returns the variables of the message by name. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Returns when to come again, if it is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @FormatMethod
    private static String format(@FormatString String message, Object... arguments) {
        return String.format(Locale.ROOT, message, arguments);
    }
}
