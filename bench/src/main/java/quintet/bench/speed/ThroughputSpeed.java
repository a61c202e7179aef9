package quintet.bench.speed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import quintet.bench.data.RetrievalSet;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.Clients;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SuiteClient;
import quintet.bench.suite.SuiteException;

/**
 * Texts a second, as documents from being sent to READY, against the slowest stage alone: the same texts embedded in requests of
 * many, with nothing else going on.
 */
final class ThroughputSpeed {
    private static final int EMBED_REQUEST = 64;
    private static final int EMBED_CLIENTS = 3;

    private static final List<Shape> SHAPES = List.of(new Shape(150, 25), new Shape(150, 1), new Shape(20, 1));

    /**
     * What the documents are like: reports, notes of about one chunk, messages.
     *
     * @param words words of a text, which is a paragraph
     * @param paragraphs paragraphs of a document
     */
    private record Shape(int words, int paragraphs) {
        String name(int texts) {
            return "%d documents of %d words".formatted(texts / paragraphs, words * paragraphs);
        }

        List<RetrievalSet.Text> documents(List<RetrievalSet.Text> texts) {
            List<RetrievalSet.Text> documents = new ArrayList<>();
            for (int i = 0; i < texts.size(); i += paragraphs) {
                String text = texts.subList(i, Math.min(texts.size(), i + paragraphs)).stream()
                        .map(RetrievalSet.Text::text)
                        .collect(Collectors.joining("\n\n"));
                documents.add(
                        new RetrievalSet.Text(texts.get(i).id(), texts.get(i).title(), text));
            }
            return documents;
        }
    }

    private final SuiteClient suite;
    private final Progress progress;
    private final int texts;

    ThroughputSpeed(SuiteClient suite, Progress progress, int texts) {
        this.suite = suite;
        this.progress = progress;
        this.texts = texts;
    }

    ObjectNode measure(MarkdownTable table) {
        ObjectNode figures = Json.object();
        int series = 0;
        for (Shape shape : SHAPES) {
            // Not the same texts twice, so that no cache flatters; of the same length, so that they take as long.
            warmUp(shape, series++);
            double embedded = embedAlone(MadeUpTexts.of(texts, shape.words(), series++));
            double ingested = ingest(shape, MadeUpTexts.of(texts, shape.words(), series++));
            String name = shape.name(texts);
            table.row(name + ": texts embedded alone", perSecond(embedded));
            table.row(name + ": texts sent to READY", perSecond(ingested));
            table.row(name + ": ratio", String.format(Locale.ROOT, "%.2f", ingested / embedded));
            figures.putObject("words" + shape.words() * shape.paragraphs())
                    .put("embeddedAlonePerSecond", embedded)
                    .put("ingestedPerSecond", ingested)
                    .put("ratio", ingested / embedded);
        }
        return figures;
    }

    private void warmUp(Shape shape, int series) {
        List<RetrievalSet.Text> some = MadeUpTexts.of(texts / 4 + 1, shape.words(), series);
        double _ = embedAlone(some);
        double _ = ingest(shape, some);
    }

    private double embedAlone(List<RetrievalSet.Text> texts) {
        List<List<String>> requests = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += EMBED_REQUEST) {
            requests.add(texts.subList(i, Math.min(texts.size(), i + EMBED_REQUEST)).stream()
                    .map(RetrievalSet.Text::text)
                    .toList());
        }
        AtomicInteger vectors = new AtomicInteger();
        long start = System.nanoTime();
        Clients.run(EMBED_CLIENTS, requests, request -> {
            vectors.addAndGet(suite.embed(request));
            progress.show("embedding alone", vectors.get(), texts.size());
        });
        if (vectors.get() != texts.size()) {
            throw new SuiteException("%d texts gave %d vectors".formatted(texts.size(), vectors.get()));
        }
        return rate(texts.size(), start);
    }

    private double ingest(Shape shape, List<RetrievalSet.Text> texts) {
        try (ScratchCollection collection = new ScratchCollection(suite, progress, "throughput")) {
            long start = System.nanoTime();
            collection.ingestTexts(shape.documents(texts));
            return rate(texts.size(), start);
        }
    }

    private static double rate(int count, long start) {
        return count / Seconds.of(Duration.ofNanos(System.nanoTime() - start));
    }

    private static String perSecond(double rate) {
        return String.format(Locale.ROOT, "%.1f /s", rate);
    }
}
