package quintet.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import quintet.bench.data.RetrievalSet;
import quintet.bench.metric.Durations;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SuiteClient;

/**
 * What a crowd of waiting documents does to others: how long one document of another collection takes, before and beside the
 * crowd, and how much memory each process has while the crowd waits, half of it and all of it gone.
 */
final class BacklogSpeed {
    private static final int WORDS = 20;
    private static final int SINGLES = 9;

    private final SuiteClient suite;
    private final Progress progress;
    private final int documents;
    private final Supplier<JsonNode> status;
    private final Map<String, List<Long>> memory = new TreeMap<>();

    /**
     * Prepares the measurement.
     *
     * @param documents size of the crowd
     * @param status what {@code status --json} says; a missing node where that is not known
     */
    BacklogSpeed(SuiteClient suite, Progress progress, int documents, Supplier<JsonNode> status) {
        this.suite = suite;
        this.progress = progress;
        this.documents = documents;
        this.status = status;
    }

    /** Adds rows to a table and returns the figures with the memory at each of the three times. */
    ObjectNode measure(MarkdownTable table) {
        ObjectNode figures = Json.object().put("documents", documents);
        try (ScratchCollection single = new ScratchCollection(suite, progress, "single");
                ScratchCollection crowd = new ScratchCollection(suite, progress, "crowd")) {
            Durations alone = singles(single, 0);
            readMemory();
            long start = System.nanoTime();
            crowd.sendTexts(MadeUpTexts.of(documents, WORDS, 100));
            Duration sent = Duration.ofNanos(System.nanoTime() - start);
            int waiting = crowd.unfinished();
            readMemory();
            Durations beside = singles(single, 1);
            int left = crowd.unfinished();
            readMemory();
            crowd.awaitReady(documents);
            Duration ready = Duration.ofNanos(System.nanoTime() - start);
            readMemory();
            String crowdName = "beside a crowd of %d to %d waiting".formatted(waiting, left);
            table.row("one document to READY, nothing else waiting, median", Seconds.milliseconds(alone.median()));
            table.row("one document to READY, " + crowdName + ", median", Seconds.milliseconds(beside.median()));
            table.row("the same, slowest of " + SINGLES, Seconds.milliseconds(beside.percentile(100)));
            table.row("%d documents of %d words acknowledged".formatted(documents, WORDS), Seconds.text(sent));
            table.row("the same, all READY", Seconds.text(ready));
            figures.put("aloneMs", Seconds.of(alone.median()) * 1000)
                    .put("besideCrowdMs", Seconds.of(beside.median()) * 1000)
                    .put("besideCrowdSlowestMs", Seconds.of(beside.percentile(100)) * 1000)
                    .put("waitingBefore", waiting)
                    .put("waitingAfter", left)
                    .put("acknowledgedSeconds", Seconds.of(sent))
                    .put("readySeconds", Seconds.of(ready));
        }
        ObjectNode bytes = figures.putObject("memoryBytes");
        memory.forEach((name, values) -> values.forEach(bytes.withArray(name)::add));
        return figures;
    }

    /** Returns resident memory in MB: before, with the crowd waiting, while it goes down, and when it is gone. */
    MarkdownTable memory() {
        MarkdownTable table = new MarkdownTable("resident MB", "before", "crowd sent", "crowd beside", "all READY");
        memory.forEach((name, values) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            values.forEach(value -> cells.add(String.format(Locale.ROOT, "%.0f", value / 1e6)));
            table.row(cells.toArray(String[]::new));
        });
        return table;
    }

    private Durations singles(ScratchCollection single, int series) {
        List<Duration> durations = new ArrayList<>();
        for (RetrievalSet.Text text : MadeUpTexts.of(SINGLES, WORDS, 200 + series)) {
            durations.add(single.timeOfOne(text.text()));
            progress.show("one document of another collection", durations.size(), SINGLES);
        }
        return new Durations(durations);
    }

    private void readMemory() {
        JsonNode all = status.get();
        add("launcher with door", all.path("launcher"));
        all.path("parts").forEach(part -> add(part.path("name").asText(), part));
    }

    private void add(String name, JsonNode process) {
        long bytes = process.path("memoryBytes").asLong();
        if (bytes > 0) {
            memory.computeIfAbsent(name, _ -> new ArrayList<>()).add(bytes);
        }
    }
}
