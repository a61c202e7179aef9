package quintet.bench.speed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import quintet.bench.metric.Durations;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SuiteClient;

/** How long files take from being sent to answering, all sent at once. */
final class IngestSpeed {
    private final SuiteClient suite;
    private final Progress progress;

    IngestSpeed(SuiteClient suite, Progress progress) {
        this.suite = suite;
        this.progress = progress;
    }

    ObjectNode measure(List<Path> files, int runs, MarkdownTable table) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        List<Duration> durations = new ArrayList<>();
        Map<String, List<Duration>> stages = new TreeMap<>();
        int passages = 0;
        for (int run = 0; run < runs; run++) {
            try (ScratchCollection collection = new ScratchCollection(suite, progress, "speed")) {
                long start = System.nanoTime();
                collection.ingest(files);
                durations.add(Duration.ofNanos(System.nanoTime() - start));
                passages = collection.passages();
                collection
                        .lastOfEachState()
                        .forEach((state, after) -> stages.computeIfAbsent(state, _ -> new ArrayList<>())
                                .add(after));
            }
        }
        Duration median = new Durations(durations).median();
        double seconds = Seconds.of(median);
        table.row(
                String.format(
                        Locale.ROOT,
                        "%d files (%.1f MB, %d passages) sent to READY, median of %d",
                        files.size(),
                        bytes / 1e6,
                        passages,
                        runs),
                Seconds.text(median));
        table.row("documents/s", String.format(Locale.ROOT, "%.2f", files.size() / seconds));
        table.row("MB/s", String.format(Locale.ROOT, "%.3f", bytes / 1e6 / seconds));
        table.row("passages/s", String.format(Locale.ROOT, "%.1f", passages / seconds));
        ObjectNode figures = Json.object()
                .put("seconds", seconds)
                .put("documentsPerSecond", files.size() / seconds)
                .put("megabytesPerSecond", bytes / 1e6 / seconds)
                .put("passagesPerSecond", passages / seconds);
        ObjectNode lastBySecond = figures.putObject("lastDocumentInStateAfterSeconds");
        for (String state : List.of("PARSED", "CHUNKED", "EMBEDDED", "READY")) {
            if (stages.containsKey(state)) {
                Duration last = new Durations(stages.getOrDefault(state, List.of())).median();
                table.row("last file " + state + " after", Seconds.text(last));
                lastBySecond.put(state, Seconds.of(last));
            }
        }
        return figures;
    }
}
