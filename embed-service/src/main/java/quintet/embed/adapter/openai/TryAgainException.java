package quintet.embed.adapter.openai;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request failed in a way that may pass. */
final class TryAgainException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean overloaded;
    private final @Nullable Duration after;

    private TryAgainException(String message, boolean overloaded, @Nullable Duration after, @Nullable Throwable cause) {
        super(message, cause);
        this.overloaded = overloaded;
        this.after = after;
    }

    /** Returns what says that the server answered with a status that may pass. */
    static TryAgainException ofStatus(int status, Optional<Duration> after) {
        return new TryAgainException("it answered with status " + status, status == 429, after.orElse(null), null);
    }

    /** Returns what says that there was no answer, or only a part of one. */
    static TryAgainException ofNoAnswer(String message, @Nullable Throwable cause) {
        return new TryAgainException(message, false, null, cause);
    }

    /** Returns whether the server refused for load. */
    boolean overloaded() {
        return overloaded;
    }

    /** Returns when the server wants to be asked again, if it said so. */
    Optional<Duration> after() {
        return Optional.ofNullable(after);
    }
}
