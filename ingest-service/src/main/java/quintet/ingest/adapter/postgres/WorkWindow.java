package quintet.ingest.adapter.postgres;

import java.time.Duration;

/**
 * How much work may be under way: what is done within a given time, so that what comes next waits about that long, whatever the
 * machine. By Little's law that is the rate times the time.
 *
 * @param min bytes that keep every consumer busy, and the window before anything was measured
 * @param max bytes at most; it wins over {@code min}
 * @param work time that the work takes
 */
record WorkWindow(long min, long max, Duration work) {
    /** Returns bytes, for {@code rate} bytes a second that come back done; 0 where nothing was measured. */
    long bytes(double rate) {
        return Math.min(max, Math.max(min, (long) (rate * work.toMillis() / 1000)));
    }
}
