package quintet.local.cli;

import java.time.Duration;
import java.util.List;

/** One line that says how far something is, drawn anew on a terminal at most ten times a second, and left out elsewhere. */
final class Gauge {
    private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();

    private final Terminal terminal;
    private long drawn = System.nanoTime() - EVERY_NANOS;

    Gauge(Terminal terminal) {
        this.terminal = terminal;
    }

    /** May be called from any one thread at a time. */
    synchronized void show(String line) {
        long now = System.nanoTime();
        if (terminal.isInteractive() && now - drawn >= EVERY_NANOS) {
            drawn = now;
            terminal.redraw(List.of(line));
        }
    }

    /** Puts what is final in its place. */
    synchronized void finish(String line) {
        if (terminal.isInteractive()) {
            terminal.redraw(List.of());
            terminal.keep();
        }
        terminal.println(line);
    }
}
