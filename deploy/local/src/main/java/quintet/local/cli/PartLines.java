package quintet.local.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import quintet.local.part.PartState;
import quintet.local.part.PartStatus;

/** Shows parts coming up: in place on a terminal, a line per change elsewhere. */
final class PartLines {
    private static final List<String> SPINNER = List.of("⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏");

    private static final int WIDTH = 72;

    private final Terminal terminal;
    private final Map<String, String> shown = new HashMap<>();
    private final Map<String, Instant> begun = new HashMap<>();
    private int frame;

    PartLines(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(List<PartStatus> parts) {
        frame++;
        parts.stream()
                .filter(part -> part.state() != PartState.WAITING)
                .forEach(part -> begun.putIfAbsent(part.name(), part.since()));
        if (terminal.isInteractive()) {
            terminal.redraw(parts.stream().map(this::line).toList());
        } else {
            parts.forEach(this::printIfChanged);
        }
    }

    private void printIfChanged(PartStatus part) {
        String now = part.state() + part.detail();
        if (part.state() != PartState.WAITING && !now.equals(shown.put(part.name(), now))) {
            terminal.println(text(part));
        }
    }

    private String line(PartStatus part) {
        String symbol = switch (part.state()) {
            case READY -> terminal.green("✔");
            case FAILED -> terminal.red("✘");
            case WAITING, STOPPED -> terminal.dim("·");
            case RESTARTING -> terminal.yellow("↻");
            case STARTING, STOPPING -> SPINNER.get(frame % SPINNER.size());
        };
        // A line that wraps could not be drawn over.
        String shown = text(part);
        return symbol + " " + (shown.length() > WIDTH ? shown.substring(0, WIDTH) + "…" : shown);
    }

    private String text(PartStatus part) {
        String state = part.state().name().toLowerCase(Locale.ROOT);
        String what = part.detail().isEmpty() ? "" : " (" + part.detail() + ")";
        return "%-9s %s%s%s".formatted(part.name(), state, what, took(part));
    }

    private String took(PartStatus part) {
        Instant from = begun.getOrDefault(part.name(), part.since());
        return part.state() == PartState.READY
                ? terminal.dim(" in %.1f s"
                        .formatted(Duration.between(from, part.since()).toMillis() / 1000.0))
                : "";
    }
}
