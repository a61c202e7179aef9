package quintet.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import quintet.bench.data.RetrievalSet;
import quintet.bench.metric.Durations;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.Clients;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SuiteClient;
import quintet.bench.suite.SuiteException;

/**
 * Texts a second, as documents from being sent to READY, against the slowest stage alone: texts of the same length embedded in
 * requests of many, with nothing else going on. Passages don't overlap here, so that both embed as many tokens; and what
 * each part of the suite uses of the processors for a text.
 */
final class ThroughputSpeed {
    private static final int EMBED_REQUEST = 64;
    private static final int EMBED_CLIENTS = 3;
    private static final String ALONE = "embed, alone";

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
    private final int runs;
    private final Supplier<JsonNode> status;
    private final Map<String, Map<String, Duration>> processorTime = new TreeMap<>();
    private int series;

    /**
     * Prepares the measurement.
     *
     * @param texts texts of each ingestion
     * @param runs embeddings and ingestions, in turn, of which the median counts
     * @param status what {@code status --json} says; a missing node where that is not known
     */
    ThroughputSpeed(SuiteClient suite, Progress progress, int texts, int runs, Supplier<JsonNode> status) {
        this.suite = suite;
        this.progress = progress;
        this.texts = texts;
        this.runs = runs;
        this.status = status;
    }

    ObjectNode measure(MarkdownTable table) {
        ObjectNode figures = Json.object();
        for (Shape shape : SHAPES) {
            String name = shape.name(texts);
            warmUp(shape);
            List<Duration> embedding = new ArrayList<>();
            List<Duration> ingestion = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                Timed embedded = embedAlone(some(texts, shape));
                embedding.add(embedded.elapsed());
                add(ALONE, name, embedded.processors().getOrDefault("embed", Duration.ZERO));
                Timed ingested = ingest(shape, some(texts, shape));
                ingestion.add(ingested.elapsed());
                ingested.processors().forEach((part, time) -> add(part, name, time));
            }
            double embedded = perSecond(embedding);
            double ingested = perSecond(ingestion);
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

    /** Returns milliseconds of processor time a text, by part and kind of document; empty where no process is known. */
    MarkdownTable processors() {
        List<String> header = new ArrayList<>(List.of("processor ms a text"));
        SHAPES.forEach(shape -> header.add(shape.name(texts)));
        MarkdownTable table = new MarkdownTable(header.toArray(String[]::new));
        processorTime.forEach((part, byShape) -> {
            List<String> cells = new ArrayList<>(List.of(part));
            SHAPES.forEach(shape -> cells.add(String.format(
                    Locale.ROOT,
                    "%.1f",
                    byShape.getOrDefault(shape.name(texts), Duration.ZERO).toNanos() / 1e6 / runs / texts)));
            table.row(cells.toArray(String[]::new));
        });
        return table;
    }

    /** Not the same texts twice, so that no cache flatters; of the same length, so that they take as long. */
    private List<RetrievalSet.Text> some(int count, Shape shape) {
        return MadeUpTexts.of(count, shape.words(), series++);
    }

    private void warmUp(Shape shape) {
        Timed _ = embedAlone(some(texts / 4 + 1, shape));
        Timed _ = ingest(shape, some(texts / 4 + 1, shape));
    }

    private void add(String part, String shape, Duration time) {
        processorTime.computeIfAbsent(part, _ -> new HashMap<>()).merge(shape, time, Duration::plus);
    }

    /** How long something took, and what each part used of the processors meanwhile. */
    private record Timed(Duration elapsed, Map<String, Duration> processors) {}

    private Timed timed(Runnable work) {
        ProcessorTime processor = ProcessorTime.start(status);
        long start = System.nanoTime();
        work.run();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new Timed(elapsed, processor.used());
    }

    private Timed embedAlone(List<RetrievalSet.Text> texts) {
        List<List<String>> requests = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += EMBED_REQUEST) {
            requests.add(texts.subList(i, Math.min(texts.size(), i + EMBED_REQUEST)).stream()
                    .map(RetrievalSet.Text::text)
                    .toList());
        }
        AtomicInteger vectors = new AtomicInteger();
        Timed timed = timed(() -> Clients.run(EMBED_CLIENTS, requests, request -> {
            vectors.addAndGet(suite.embed(request));
            progress.show("embedding alone", vectors.get(), texts.size());
        }));
        if (vectors.get() != texts.size()) {
            throw new SuiteException("%d texts gave %d vectors".formatted(texts.size(), vectors.get()));
        }
        return timed;
    }

    private Timed ingest(Shape shape, List<RetrievalSet.Text> texts) {
        try (ScratchCollection collection = new ScratchCollection(suite, progress, "throughput")) {
            ObjectNode settings = Json.object();
            settings.putObject("chunking").put("overlapTokens", 0);
            collection.create(settings);
            return timed(() -> collection.ingestTexts(shape.documents(texts)));
        }
    }

    private double perSecond(List<Duration> durations) {
        return texts / Seconds.of(new Durations(durations).median());
    }

    private static String perSecond(double rate) {
        return String.format(Locale.ROOT, "%.1f /s", rate);
    }
}
