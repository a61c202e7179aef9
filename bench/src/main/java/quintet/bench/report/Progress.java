package quintet.bench.report;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/**
 * One line a step on standard error, so that standard output stays clean Markdown: rewritten in place on a terminal, every
 * tenth part of the way elsewhere.
 *
 * <p>Thread-safe.
 */
public final class Progress {
    private final PrintStream out;
    private final boolean terminal;
    private String step = "";
    private int lastTenth;

    /** Writes to standard error. */
    public Progress() {
        this(
                System.err,
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent());
    }

    /**
     * Writes elsewhere.
     *
     * @param terminal whether lines are rewritten in place
     */
    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Says something on a line of its own. */
    public synchronized void say(String line) {
        out.println(line);
    }

    /** Shows how far a step has come; its end completes the line. */
    public synchronized void show(String name, int done, int total) {
        int tenth = total == 0 ? 10 : done * 10 / total;
        boolean news = !name.equals(step) || tenth != lastTenth;
        String line = "  %s: %d of %d".formatted(name, done, total);
        if (terminal) {
            out.print("\r" + line + (done >= total ? "\n" : ""));
        } else if (news) {
            out.println(line);
        }
        out.flush();
        step = name;
        lastTenth = tenth;
    }
}
