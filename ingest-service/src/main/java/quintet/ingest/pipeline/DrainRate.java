package quintet.ingest.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** Events a second, over the last half minute, from a counter that is read now and then. Not thread-safe. */
final class DrainRate {
    private static final long WINDOW_NANOS = Duration.ofSeconds(30).toNanos();

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long count) {}

    /** Notes that the counter stood at {@code count} at {@code nanos} of {@link System#nanoTime}. */
    void add(long nanos, long count) {
        samples.addLast(new Sample(nanos, count));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    /** Returns the rate; absent while nothing moved. */
    OptionalDouble perSecond() {
        if (samples.size() < 2) {
            return OptionalDouble.empty();
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long count = last.count() - first.count();
        long nanos = last.nanos() - first.nanos();
        return count > 0 && nanos > 0 ? OptionalDouble.of(count * 1e9 / nanos) : OptionalDouble.empty();
    }
}
