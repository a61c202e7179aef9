package quintet.bench.duplicates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import quintet.bench.data.NearDuplicateSet;
import quintet.bench.metric.Durations;
import quintet.bench.metric.PairScore;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.ingest.model.Fingerprint.Sketch;
import quintet.ingest.pipeline.deduplication.Sketches;

/**
 * The signature and LSH step of ingest-service in this process, one thread, no database: normalise, shingle, sign, band, look up,
 * estimate. A pair is found if it shares a bucket and its estimate reaches the threshold.
 */
public final class SignatureQuality {
    // The defaults of quintet.ingest.deduplication.
    private static final int SHINGLE_SIZE = 3;
    private static final int PERMUTATIONS = 128;
    private static final int BANDS = 32;
    private static final int ROWS = 4;

    private static final int RUNS = 5;

    private final double threshold;
    private final MarkdownTable table = new MarkdownTable(
            "in process", "documents", "planted", "found", "precision", "recall", "candidates", "documents/s");
    private final ObjectNode figures = Json.object();

    /** Compares estimates with a threshold. */
    public SignatureQuality(double threshold) {
        this.threshold = threshold;
    }

    /** Measures one set; the median of some runs counts. */
    public void measure(NearDuplicateSet set) {
        List<Duration> durations = new ArrayList<>();
        Pairs pairs = new Pairs(Set.of(), 0);
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            pairs = find(set);
            durations.add(Duration.ofNanos(System.nanoTime() - start));
        }
        PairScore score = PairScore.of(pairs.found(), set.pairs());
        double perSecond =
                set.articles().size() / (new Durations(durations).median().toNanos() / 1e9);
        table.row(
                set.name(),
                String.valueOf(set.articles().size()),
                String.valueOf(score.truth()),
                String.valueOf(score.found()),
                String.format(Locale.ROOT, "%.3f", score.precision()),
                String.format(Locale.ROOT, "%.3f", score.recall()),
                String.valueOf(pairs.candidates()),
                String.format(Locale.ROOT, "%.0f", perSecond));
        figures.putObject(set.name())
                .put("precision", score.precision())
                .put("recall", score.recall())
                .put("candidates", pairs.candidates())
                .put("documentsPerSecond", perSecond);
    }

    /** Returns the table of all sets measured. */
    public MarkdownTable table() {
        return table;
    }

    /** Returns the same as an object. */
    public ObjectNode figures() {
        return figures;
    }

    private record Pairs(Set<Set<String>> found, int candidates) {}

    private record Signed(String id, Sketch sketch) {}

    private Pairs find(NearDuplicateSet set) {
        Sketches sketches = new Sketches(SHINGLE_SIZE, PERMUTATIONS, BANDS, ROWS);
        Map<Long, List<Signed>> buckets = new HashMap<>();
        Set<Set<String>> found = new HashSet<>();
        int candidates = 0;
        for (NearDuplicateSet.Article article : set.articles()) {
            Signed signed =
                    new Signed(article.id(), sketches.sketch(article.text()).orElseThrow());
            Set<Signed> sharing = new HashSet<>();
            for (long bucket : signed.sketch().buckets()) {
                List<Signed> inside = buckets.computeIfAbsent(bucket, _ -> new ArrayList<>());
                sharing.addAll(inside);
                inside.add(signed);
            }
            candidates += sharing.size();
            for (Signed other : sharing) {
                if (signed.sketch().signature().estimate(other.sketch().signature()) >= threshold) {
                    found.add(Set.of(signed.id(), other.id()));
                }
            }
        }
        return new Pairs(found, candidates);
    }
}
