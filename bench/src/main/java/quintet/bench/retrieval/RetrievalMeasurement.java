package quintet.bench.retrieval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;

/** Measures all kinds of index over several sets of vectors: a table, a plot and figures for each. */
public final class RetrievalMeasurement {
    private static final double RECALL = 0.95;
    private static final int QUERIES = 400;

    private final Path data;
    private final Path scratch;
    private final Path plots;
    private final Progress progress;

    /**
     * Prepares a measurement.
     *
     * @param data the folder of shared data, with {@code ann-vectors} and {@code retrieval}
     * @param scratch where indexes and embeddings are kept
     * @param plots where the plots go
     */
    public RetrievalMeasurement(Path data, Path scratch, Path plots, Progress progress) {
        this.data = data;
        this.scratch = scratch;
        this.plots = plots;
        this.progress = progress;
    }

    /**
     * Measures and prints.
     *
     * @param sentences sentences to be embedded, 0 for none
     * @param madeUp made-up vectors of 384 numbers, 0 for none
     */
    public void run(int rounds, int sentences, int madeUp, ObjectNode figures) throws IOException {
        searchInProcess(rounds, sentences, figures);
        RetrievalSpeed speed = new RetrievalSpeed(scratch, rounds, progress);
        for (VectorSet set : sets(sentences, madeUp)) {
            List<Curve> curves = speed.measure(set);
            String title =
                    "%s: %,d × %d, %s".formatted(set.name(), set.vectors().size(), set.dimension(), set.similarity());
            print(title, curves);
            RecallPlot.write(
                    title, curves, plots.resolve("retrieval-" + set.name().replace(' ', '-') + ".png"));
            record(title, curves, figures);
        }
    }

    private void searchInProcess(int rounds, int count, ObjectNode figures) throws IOException {
        Path texts = data.resolve("retrieval");
        if (count > 0 && Files.isDirectory(texts)) {
            SentenceVectors embedded = new SentenceVectors(texts, scratch, progress);
            List<String> queries = SentenceTexts.queries(texts, QUERIES);
            new SearchLatency(scratch, rounds, progress)
                    .run(
                            SentenceTexts.sentences(texts, count),
                            embedded.of(count),
                            queries,
                            embedded.ofQueries(queries),
                            figures);
        }
    }

    /**
     * Measures recall under filters, and prints.
     *
     * @param sentences sentences to be embedded, 0 for none
     * @param madeUp made-up vectors of 384 numbers, 0 for none
     */
    public void runFiltered(int sentences, int madeUp, ObjectNode figures) throws IOException {
        FilteredRecall recall = new FilteredRecall(scratch, progress);
        for (VectorSet set : sets(sentences, madeUp)) {
            recall.measure(set, figures);
        }
    }

    private List<VectorSet> sets(int sentences, int madeUp) throws IOException {
        List<VectorSet> sets = new ArrayList<>();
        Path vectors = data.resolve("ann-vectors");
        if (Files.isDirectory(vectors)) {
            sets.add(VectorSets.sift(vectors));
            sets.add(VectorSets.mnist(vectors));
        } else {
            System.out.println("SIFT and MNIST skipped: there is no " + vectors + ".\n");
        }
        Path texts = data.resolve("retrieval");
        if (sentences > 0 && Files.isDirectory(texts)) {
            sets.add(VectorSets.sentences(new SentenceVectors(texts, scratch, progress).of(sentences)));
        } else if (sentences > 0) {
            System.out.println("Sentences skipped: there is no " + texts + ".\n");
        }
        if (madeUp > 0) {
            sets.add(VectorSets.madeUp(madeUp, 384));
        }
        return sets;
    }

    private static void print(String title, List<Curve> curves) {
        OptionalDouble plain = curves.getFirst().perSecondAt(RECALL);
        MarkdownTable table = new MarkdownTable(
                "index", "queries/s at recall 0.95", "× Lucene", "best recall", "index, MB", "built in, s");
        for (Curve curve : curves) {
            OptionalDouble perSecond = curve.perSecondAt(RECALL);
            table.row(
                    curve.name(),
                    perSecond.isPresent() ? "%,.0f".formatted(perSecond.getAsDouble()) : "–",
                    perSecond.isPresent() && plain.isPresent()
                            ? "%.2f".formatted(perSecond.getAsDouble() / plain.getAsDouble())
                            : "–",
                    "%.3f"
                            .formatted(curve.points().stream()
                                    .mapToDouble(Curve.Point::recall)
                                    .max()
                                    .orElse(0)),
                    "%.1f".formatted(curve.bytes() / 1e6),
                    "%.1f".formatted(curve.buildSeconds()));
        }
        System.out.println("## " + title + "\n\n" + table);
    }

    private static void record(String title, List<Curve> curves, ObjectNode figures) {
        ArrayNode all = figures.putArray(title);
        for (Curve curve : curves) {
            ObjectNode one = all.addObject()
                    .put("index", curve.name())
                    .put("bytes", curve.bytes())
                    .put("buildSeconds", curve.buildSeconds());
            ArrayNode points = one.putArray("points");
            curve.points()
                    .forEach(point -> points.addObject()
                            .put("setting", point.setting())
                            .put("recall", point.recall())
                            .put("perSecond", point.perSecond()));
        }
    }
}
