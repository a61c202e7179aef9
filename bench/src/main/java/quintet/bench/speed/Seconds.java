package quintet.bench.speed;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
final class Seconds {
    private Seconds() {}

    static double of(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    static String text(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", of(duration));
    }

    static String milliseconds(Duration duration) {
        return String.format(Locale.ROOT, "%.0f ms", of(duration) * 1000);
    }
}
