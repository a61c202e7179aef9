package quintet.bench.duplicates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import quintet.bench.data.NearDuplicateSet;
import quintet.bench.data.RetrievalSet.Text;
import quintet.bench.metric.Durations;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SuiteClient;

/** How much faster a corpus is ingested of which every second document is an exact copy of the one before it. */
public final class DuplicateSpeed {
    private final SuiteClient suite;
    private final Progress progress;

    /** Measures a suite. */
    public DuplicateSpeed(SuiteClient suite, Progress progress) {
        this.suite = suite;
        this.progress = progress;
    }

    /** Ingests both corpora in turn, each {@code runs} times; medians count. */
    public ObjectNode measure(NearDuplicateSet set, int documents, int runs, MarkdownTable table) {
        List<Duration> distinct = new ArrayList<>();
        List<Duration> half = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            distinct.add(ingest(texts(set, documents, 1)));
            half.add(ingest(texts(set, documents, 2)));
        }
        double without = seconds(distinct);
        double with = seconds(half);
        row(table, documents, "all different", without);
        row(table, documents, "every second one a copy", with);
        table.row("ratio, median of " + runs + " runs in turn", String.format(Locale.ROOT, "%.2f", without / with), "");
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

    private static List<Text> texts(NearDuplicateSet set, int documents, int copies) {
        return IntStream.range(0, documents)
                .mapToObj(i -> set.articles().get(i / copies))
                .map(article -> new Text(article.id(), "", article.text()))
                .toList();
    }

    private static void row(MarkdownTable table, int documents, String what, double seconds) {
        table.row(
                documents + " documents, " + what,
                String.format(Locale.ROOT, "%.1f s", seconds),
                String.format(Locale.ROOT, "%.1f", documents / seconds));
    }

    private static double seconds(List<Duration> durations) {
        return new Durations(durations).median().toNanos() / 1e9;
    }
}
