package quintet.generate.pipeline.gateway;

import java.time.Duration;

/**
 * A circuit breaker: after so many failures in a row a server is left alone for a while, then one prompt tries it; if that fails the
 * while is doubled. Times are of {@link System#nanoTime}. Not thread-safe.
 */
final class Breaker {
    private final int threshold;
    private final Duration shortest;
    private final Duration longest;
    private int failures;
    private boolean open;
    private boolean trying;
    private Duration pause;
    private long retryAtNanos;

    Breaker(int threshold, Duration shortest, Duration longest) {
        this.threshold = threshold;
        this.shortest = shortest;
        this.longest = longest;
        this.pause = shortest;
    }

    /** Returns whether a prompt may be sent now. */
    boolean allows(long nowNanos) {
        return !open || (!trying && nowNanos - retryAtNanos >= 0);
    }

    /** Returns whether the server is left alone. */
    boolean isOpen() {
        return open;
    }

    /** Notes that a prompt is sent. */
    void sent() {
        trying = open;
    }

    /** Notes that a prompt was cancelled before it was known how it went. */
    void abandoned() {
        trying = false;
    }

    /** Notes that the server answered. */
    void succeeded() {
        failures = 0;
        open = false;
        trying = false;
        pause = shortest;
    }

    /** Notes that the server failed; returns whether it is left alone from now on and was not before. */
    boolean failed(long nowNanos) {
        failures++;
        if (open) {
            if (trying) {
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(longest) < 0 ? doubled : longest;
                retryAtNanos = nowNanos + pause.toNanos();
                trying = false;
            }
            return false;
        }
        if (failures < threshold) {
            return false;
        }
        open = true;
        pause = shortest;
        retryAtNanos = nowNanos + pause.toNanos();
        return true;
    }

    /** Notes that the server has come back by its own account: it is tried at once. */
    void returned(long nowNanos) {
        if (open) {
            retryAtNanos = nowNanos;
        }
    }
}
