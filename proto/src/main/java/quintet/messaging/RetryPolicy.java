package quintet.messaging;

import java.time.Duration;
import java.util.List;

/**
 * How long a message is tried again before it is given up.
 *
 * @param attempts how often it is handled in all while handling it fails with something that may pass, at least 1
 * @param deaths how often whoever handles it may end without settling it, at least 1
 */
public record RetryPolicy(int attempts, int deaths) {
    /**
     * Waits before the second, third, ... attempt; the last one stands for all that follow. Each is a queue of its own: in one
     * queue a message that waits long would hold up those behind it that wait for a moment only.
     */
    public static final List<Duration> DELAYS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2));

    /** Outlasts an hour in which something is down: 40 attempts take 72 minutes. */
    public static final int DEFAULT_ATTEMPTS = 40;

    /** Whoever handles a message may be killed now and then for reasons that are not in the message. */
    public static final int DEFAULT_DEATHS = 6;

    /** Refuses limits that let nothing be handled. */
    public RetryPolicy {
        if (attempts < 1 || deaths < 1) {
            throw new IllegalArgumentException(
                    "attempts are %d and deaths %d, must be at least 1".formatted(attempts, deaths));
        }
    }

    /** Returns the time from the first attempt to the last, if the attempts themselves take none. */
    public Duration patience() {
        Duration sum = Duration.ZERO;
        for (int failed = 1; failed < attempts; failed++) {
            sum = sum.plus(delay(failed));
        }
        return sum;
    }

    /** Returns the wait after so many failures, at least 1. */
    static Duration delay(int failures) {
        return DELAYS.get(Math.min(failures, DELAYS.size()) - 1);
    }
}
