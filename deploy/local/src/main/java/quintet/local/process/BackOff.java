package quintet.local.process;

import java.time.Duration;

/** How long to wait before the next attempt: half a second, then twice as long each time, up to half a minute. */
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** Who ran for so long has recovered: the next failure is a new one. */
    private static final Duration RECOVERED = Duration.ofMinutes(1);

    private Duration next = FIRST;

    /** The pause before the next attempt, given how long the last one ran. */
    Duration after(Duration ran) {
        if (ran.compareTo(RECOVERED) >= 0) {
            next = FIRST;
        }
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }
}
