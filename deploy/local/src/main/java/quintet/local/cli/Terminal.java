package quintet.local.cli;

import java.io.PrintStream;
import java.util.List;

/** Where a command prints: a terminal that can be drawn on, or a file or pipe that gets plain lines. */
final class Terminal {
    private static final String ESCAPE = "\u001b[";

    private final PrintStream out;
    private final boolean interactive;
    private int drawn;

    Terminal(PrintStream out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    /** The process's own output. The script tells whether it is a terminal. */
    static Terminal standard() {
        return new Terminal(
                System.out, "1".equals(System.getenv("QUINTET_TTY")) && !"dumb".equals(System.getenv("TERM")));
    }

    boolean isInteractive() {
        return interactive;
    }

    void print(String text) {
        out.print(text);
        out.flush();
    }

    void println(String line) {
        out.println(line);
        out.flush();
    }

    /** Draws lines in the place of those drawn before; only on an interactive terminal. */
    void redraw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append(ESCAPE).append(drawn).append('F');
        }
        lines.forEach(line -> text.append(ESCAPE).append('K').append(line).append('\n'));
        text.append(ESCAPE).append('J');
        drawn = lines.size();
        print(text.toString());
    }

    /** Leaves what was drawn and goes on below it. */
    void keep() {
        drawn = 0;
    }

    String bold(String text) {
        return style("1", text);
    }

    String dim(String text) {
        return style("2", text);
    }

    String red(String text) {
        return style("31", text);
    }

    String green(String text) {
        return style("32", text);
    }

    String yellow(String text) {
        return style("33", text);
    }

    /** Black on yellow, as a marker pen does it. */
    String highlight(String text) {
        return style("30;43", text);
    }

    private String style(String code, String text) {
        return interactive && System.getenv("NO_COLOR") == null ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
    }
}
