package quintet.mock;

/**
 * A client that left.
 *
 * @param atNanos when the server knew, on the clock of {@link System#nanoTime}
 * @param tokens how many it had been sent
 */
public record Cancellation(long atNanos, int tokens) {}
