package quintet.generate.model;

import java.time.Duration;

/** The moment by which a question is answered, on the clock of {@link System#nanoTime}. */
public record Deadline(long atNanos) {
    /** Returns the deadline that is {@code duration} from now. */
    public static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Returns what is left, never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
    }

    /** Returns a share of what is left, at most {@code bound}. */
    public Duration share(double share, Duration bound) {
        Duration part = Duration.ofNanos((long) (left().toNanos() * share));
        return part.compareTo(bound) < 0 ? part : bound;
    }
}
