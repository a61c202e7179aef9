package quintet.bench.suite;

import java.time.Duration;

/** Ctrl-C interrupts the measurement, not the cleaning up behind it. */
public final class Interruption {
    private Interruption() {}

    /** Waits, and fails when the program is stopped. */
    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw failure("waiting", e);
        }
    }

    /** Keeps the interruption for those who look later. */
    public static SuiteException failure(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new SuiteException(what + " was interrupted", cause);
    }

    /** Runs to its end even when the program is being stopped. */
    static void shield(Runnable cleaning) {
        boolean interrupted = Thread.interrupted();
        try {
            cleaning.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
