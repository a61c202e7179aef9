package quintet.bench.metric;

import java.time.Duration;
import java.util.List;

/** Quantiles of durations. */
public final class Durations {
    private final List<Duration> sorted;

    /** Takes the durations in any order; at least one. */
    public Durations(List<Duration> durations) {
        if (durations.isEmpty()) {
            throw new IllegalArgumentException("no durations");
        }
        sorted = durations.stream().sorted().toList();
    }

    /** Returns the middle one; of an even number, the lower of the two. */
    public Duration median() {
        return percentile(50);
    }

    /**
     * Returns the smallest duration that at least {@code percent} per cent of them do not exceed (nearest rank).
     *
     * @param percent above 0, to 100
     */
    public Duration percentile(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent is " + percent + ", must be above 0 and at most 100");
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(rank - 1);
    }
}
