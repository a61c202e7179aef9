package quintet.local.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quintet.local.client.DocumentStatus;

/** Shows how far the documents are: a bar on a terminal, a line per document elsewhere. */
final class IngestProgress {
    private static final int BAR = 30;

    private final Terminal terminal;
    private final int total;
    private final Map<String, DocumentStatus> documents = new HashMap<>();
    private final Map<Path, String> failures = new LinkedHashMap<>();
    private int ready;
    private int unchanged;
    private int handedIn;

    IngestProgress(Terminal terminal, int total) {
        this.terminal = terminal;
        this.total = total;
    }

    void update(DocumentStatus document) {
        documents.put(document.id(), document);
        draw();
    }

    void unchanged(Path file, DocumentStatus document) {
        unchanged++;
        documents.put(document.id(), document);
        line(file + "  unchanged");
    }

    void handedIn(Path file) {
        handedIn++;
        line(file + "  handed in");
    }

    void settled(Path file, DocumentStatus document) {
        if (document.isReady()) {
            ready++;
            line("%s  ready, %d chunks".formatted(file, document.chunks()));
        } else {
            failed(file, document.failure().isEmpty() ? document.state() : document.failure());
        }
    }

    void failed(Path file, String reason) {
        failures.put(file, reason);
        line(file + "  failed: " + reason);
    }

    /** Prints the sum and the failures; true if there are none. */
    boolean finish(boolean waited, Duration took) {
        draw();
        terminal.keep();
        String done = waited
                ? "%d ready, %d unchanged, %d failed, %d chunks".formatted(ready, unchanged, failures.size(), chunks())
                : "%d handed in, %d unchanged, %d failed".formatted(handedIn, unchanged, failures.size());
        terminal.println("%s in %.1f s".formatted(done, took.toMillis() / 1000.0));
        if (terminal.isInteractive()) {
            failures.forEach((file, reason) -> terminal.println(terminal.red("✘ ") + file + ": " + reason));
        }
        return failures.isEmpty();
    }

    private void line(String text) {
        if (!terminal.isInteractive()) {
            terminal.println(text);
        } else {
            draw();
        }
    }

    private void draw() {
        if (!terminal.isInteractive()) {
            return;
        }
        int settled = ready + unchanged + handedIn + failures.size();
        // Chunks move the bar between two documents.
        double part = documents.values().stream()
                .filter(document -> !document.isSettled() && document.chunks() > 0)
                .mapToDouble(document -> (double) document.chunksIndexed() / document.chunks())
                .sum();
        int filled = (int) Math.min(BAR, Math.round(BAR * (settled + part) / total));
        terminal.redraw(List.of("%s%s  %d of %d documents, %d of %d chunks%s"
                .formatted(
                        terminal.green("━".repeat(filled)),
                        terminal.dim("─".repeat(BAR - filled)),
                        settled,
                        total,
                        documents.values().stream()
                                .mapToInt(DocumentStatus::chunksIndexed)
                                .sum(),
                        chunks(),
                        failures.isEmpty() ? "" : ", " + terminal.red(failures.size() + " failed"))));
    }

    private int chunks() {
        return documents.values().stream().mapToInt(DocumentStatus::chunks).sum();
    }
}
