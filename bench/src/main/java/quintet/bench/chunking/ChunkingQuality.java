package quintet.bench.chunking;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import quintet.bench.data.ChunkingSet;
import quintet.bench.data.RetrievalSet;
import quintet.bench.data.Span;
import quintet.bench.metric.SpanOverlap;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.Passage;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SearchMode;
import quintet.bench.suite.SuiteClient;

/** How much of the excerpts that answer a question its best hits show, and how little else, for each way of cutting. */
public final class ChunkingQuality {
    private final SuiteClient suite;
    private final Progress progress;
    private final ChunkingSet set;
    private final int topK;
    private final SearchMode mode;
    private final Map<String, Alignment> alignments = new LinkedHashMap<>();
    private final MarkdownTable table = new MarkdownTable(
            "strategy, sizes in tokens", "passages", "letters a hit", "recall", "precision", "IoU", "seconds to READY");
    private final ObjectNode figures = Json.object();

    /**
     * Measures a suite that is up.
     *
     * @param topK hits of a question that count
     */
    public ChunkingQuality(SuiteClient suite, Progress progress, ChunkingSet set, int topK, SearchMode mode) {
        this.suite = suite;
        this.progress = progress;
        this.set = set;
        this.topK = topK;
        this.mode = mode;
        set.corpora().forEach(corpus -> alignments.put(corpus.name(), new Alignment(corpus.text())));
    }

    /** Ingests the corpora into a scratch collection that is cut one way, and asks the questions. */
    public void measure(Variant variant) {
        try (ScratchCollection collection = new ScratchCollection(suite, progress, "chunking")) {
            collection.create(variant.settings());
            collection.ingestTexts(set.corpora().stream()
                    .map(corpus -> new RetrievalSet.Text(corpus.name(), "", corpus.text()))
                    .toList());
            Sum sum = new Sum();
            for (ChunkingSet.Question question : set.questions()) {
                sum.add(question, suite.search(collection.name(), question.text(), topK, mode));
                progress.show(
                        "asked, " + variant.name(),
                        sum.questions,
                        set.questions().size());
            }
            add(variant, collection, sum);
        }
    }

    /** Returns the table. */
    public MarkdownTable table() {
        return table;
    }

    /** Returns the figures of the table. */
    public ObjectNode figures() {
        return figures;
    }

    private void add(Variant variant, ScratchCollection collection, Sum sum) {
        Duration ready = collection.lastOfEachState().getOrDefault("READY", Duration.ZERO);
        int passages = collection.passages();
        table.row(
                variant.name(),
                String.valueOf(passages),
                String.valueOf(sum.letters / Math.max(1, sum.hits)),
                percent(sum.recall / sum.questions),
                percent(sum.precision / sum.questions),
                percent(sum.iou / sum.questions),
                String.valueOf(ready.toSeconds()));
        figures.putObject(variant.name())
                .put("passages", passages)
                .put("lettersAHit", (double) sum.letters / Math.max(1, sum.hits))
                .put("recall", sum.recall / sum.questions)
                .put("precision", sum.precision / sum.questions)
                .put("iou", sum.iou / sum.questions)
                .put("hitsNotLocated", sum.notLocated)
                .put("secondsToReady", ready.toMillis() / 1000.0);
        if (sum.notLocated > 0) {
            progress.say("  %d of %d hits stand nowhere in their corpus and count as irrelevant"
                    .formatted(sum.notLocated, sum.hits));
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    /** Sums over the questions. */
    private final class Sum {
        private int questions;
        private int hits;
        private int notLocated;
        private long letters;
        private double recall;
        private double precision;
        private double iou;

        void add(ChunkingSet.Question question, List<Passage> found) {
            Alignment alignment = alignment(question.corpus());
            List<Span> relevant =
                    question.excerpts().stream().map(alignment::ofOriginal).toList();
            List<Span> retrieved = new ArrayList<>();
            long elsewhere = 0;
            for (Passage hit : found) {
                ChunkingSet.Corpus corpus = set.corpora().get(ScratchCollection.position(hit.documentId()));
                Alignment own = alignment(corpus.name());
                double share = (double) hit.start() / corpus.text().length();
                var span = own.find(hit.text(), share);
                int length = span.map(Span::length).orElse(hit.text().length());
                notLocated += span.isEmpty() ? 1 : 0;
                hits++;
                letters += length;
                if (span.isPresent() && corpus.name().equals(question.corpus())) {
                    retrieved.add(span.get());
                } else {
                    elsewhere += length;
                }
            }
            SpanOverlap overlap = SpanOverlap.of(relevant, retrieved, elsewhere);
            questions++;
            recall += overlap.recall();
            precision += overlap.precision();
            iou += overlap.iou();
        }

        private Alignment alignment(String corpus) {
            Alignment found = alignments.get(corpus);
            if (found == null) {
                throw new IllegalArgumentException("no corpus " + corpus);
            }
            return found;
        }
    }
}
