package quintet.mock;

/** What goes wrong with a scripted completion. */
public sealed interface Fault {
    /** Nothing. */
    record None() implements Fault {}

    /**
     * An error instead of a stream.
     *
     * @param status such as 429 or 503
     * @param retryAfterSeconds value of Retry-After; none if negative
     */
    record Refuse(int status, int retryAfterSeconds) implements Fault {}

    /** Not even headers. */
    record Mute() implements Fault {}

    /** The stream stays open, and nothing more comes after so many tokens; 0 for none at all. */
    record Stall(int tokens) implements Fault {}

    /** The connection breaks after so many tokens. */
    record Die(int tokens) implements Fault {}

    /** The response ends after so many tokens as if it were complete, but no end was announced. */
    record BreakOff(int tokens) implements Fault {}

    /** An error inside the stream after so many tokens, then its end. */
    record SayError(int tokens, String message) implements Fault {}

    /** Returns after how many tokens it happens; never for those that happen before the stream or not at all. */
    default int tokens() {
        return switch (this) {
            case Stall(int tokens) -> tokens;
            case Die(int tokens) -> tokens;
            case BreakOff(int tokens) -> tokens;
            case SayError(int tokens, String _) -> tokens;
            case None _, Refuse _, Mute _ -> Integer.MAX_VALUE;
        };
    }
}
