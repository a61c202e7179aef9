package quintet.bench.duplicates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import quintet.bench.data.NearDuplicateSet;
import quintet.bench.data.RetrievalSet.Text;
import quintet.bench.metric.Durations;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SuiteClient;

/**
 * How much faster a corpus is ingested of which half of the documents are exact copies of the others, in random order: of articles,
 * and of reports of some articles each, since what a copy costs hardly depends on its length.
 */
public final class DuplicateSpeed {
    private static final int REPORT = 5;
    private static final long SEED = 20_261_127;

    private final SuiteClient suite;
    private final Progress progress;

    /** Measures a suite. */
    public DuplicateSpeed(SuiteClient suite, Progress progress) {
        this.suite = suite;
        this.progress = progress;
    }

    /** Ingests each corpus in turn with the same without copies, each {@code runs} times; medians count. */
    public ObjectNode measure(NearDuplicateSet set, int documents, int runs, MarkdownTable table) {
        List<String> articles =
                set.articles().stream().map(NearDuplicateSet.Article::text).toList();
        ObjectNode figures = Json.object();
        figures.set("articles", measure("articles", articles.subList(0, documents), runs, table));
        List<String> reports = IntStream.range(0, documents / REPORT)
                .mapToObj(i -> String.join("\n\n", articles.subList(i * REPORT, (i + 1) * REPORT)))
                .toList();
        figures.set("reports", measure("reports of %d articles".formatted(REPORT), reports, runs, table));
        return figures;
    }

    private ObjectNode measure(String what, List<String> documents, int runs, MarkdownTable table) {
        List<Duration> distinct = new ArrayList<>();
        List<Duration> half = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            distinct.add(ingest(texts(documents, 1)));
            half.add(ingest(texts(documents, 2)));
        }
        double without = seconds(distinct);
        double with = seconds(half);
        String name = documents.size() + " " + what;
        row(table, documents.size(), name + ", all different", without);
        row(table, documents.size(), name + ", half of them copies", with);
        table.row(
                name + ": ratio, median of " + runs + " runs in turn",
                String.format(Locale.ROOT, "%.2f", without / with),
                "");
        return Json.object()
                .put("differentSeconds", without)
                .put("halfSeconds", with)
                .put("ratio", without / with);
    }

    private Duration ingest(List<Text> texts) {
        try (ScratchCollection collection = new ScratchCollection(suite, progress, "copies")) {
            long start = System.nanoTime();
            collection.ingestTexts(texts);
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private static List<Text> texts(List<String> documents, int copies) {
        List<Text> texts = IntStream.range(0, documents.size())
                .mapToObj(i -> new Text("", "", documents.get(i / copies)))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(texts, new Random(SEED));
        return texts;
    }

    private static void row(MarkdownTable table, int documents, String what, double seconds) {
        table.row(
                what,
                String.format(Locale.ROOT, "%.1f s", seconds),
                String.format(Locale.ROOT, "%.1f", documents / seconds));
    }

    private static double seconds(List<Duration> durations) {
        return new Durations(durations).median().toNanos() / 1e9;
    }
}
