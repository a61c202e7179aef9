package quintet.bench.retrieval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.retrieve.adapter.lucene.BenchedStore;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.pipeline.BenchedSearch;

/**
 * How long a search of retrieve-service takes in this process, without the query's embedding, and how much of it is not the
 * library's: one client, wall-clock time, the same queries in turn through the service's pipeline and straight to Lucene.
 */
final class SearchLatency {
    private static final CollectionName NAME = new CollectionName("bench");
    private static final int K = 10;
    private static final int DOCUMENT = 500;

    private final Path scratch;
    private final int rounds;
    private final Progress progress;

    SearchLatency(Path scratch, int rounds, Progress progress) {
        this.scratch = scratch;
        this.rounds = rounds;
        this.progress = progress;
    }

    private interface Search {
        int hits(int query) throws IOException;
    }

    /**
     * Measures and prints.
     *
     * @param sentences as many as {@code vectors}
     * @param queries as many as {@code queryVectors}
     */
    void run(
            List<String> sentences,
            List<float[]> vectors,
            List<String> queries,
            List<float[]> queryVectors,
            ObjectNode figures)
            throws IOException {
        ModelRef model = new ModelRef("bench", "bench", vectors.getFirst().length);
        Map<String, EmbeddedQuery> known = new HashMap<>();
        for (int i = 0; i < queries.size(); i++) {
            known.put(queries.get(i), new EmbeddedQuery(new UnitVector(queryVectors.get(i)), model, false));
        }
        Path folder = Scratch.create(scratch);
        try (BenchedStore store = new BenchedStore(folder, NAME)) {
            fill(store, model, sentences, vectors);
            Map<SearchMode, BenchedSearch> services = new EnumMap<>(SearchMode.class);
            Map<String, Search> searches = new LinkedHashMap<>();
            for (SearchMode mode : SearchMode.values()) {
                BenchedSearch search = new BenchedSearch(store.index(), NAME, known);
                services.put(mode, search);
                searches.put(
                        mode.name().toLowerCase(Locale.ROOT),
                        query -> search.search(queries.get(query), K, mode)
                                .hits()
                                .size());
            }
            searches.put("dense, Lucene alone", query -> store.nearest(queryVectors.get(query), K));
            searches.put("lexical, Lucene alone", query -> store.matching(queries.get(query), K));
            print(measure(searches, queries.size()), sentences.size(), figures.putObject("search in process"));
            printStages(services, figures.putObject("stages of a search in process"));
        } finally {
            Scratch.delete(folder);
        }
    }

    private void fill(BenchedStore store, ModelRef model, List<String> sentences, List<float[]> vectors) {
        DocumentInfo info = new DocumentInfo("sentences.txt", "", "", "text/plain", "en", Map.of(), List.of());
        for (int from = 0; from < sentences.size(); from += DOCUMENT) {
            int to = Math.min(from + DOCUMENT, sentences.size());
            String document = "document-" + from;
            List<EmbeddedPassage> passages = new ArrayList<>();
            for (int i = from; i < to; i++) {
                String text = sentences.get(i);
                passages.add(new EmbeddedPassage(
                        new Passage(document + "#" + i, i - from, text, 0, text.length(), 0, 0, List.of(), 1, null),
                        new UnitVector(vectors.get(i))));
            }
            store.put(
                    new DocumentPart(new VersionRef(NAME, document, 1), 0, 1, passages.size(), info, model, passages));
            progress.show("indexed", to, sentences.size());
        }
    }

    private Map<String, double[]> measure(Map<String, Search> searches, int queries) throws IOException {
        Map<String, double[]> all = new LinkedHashMap<>();
        searches.keySet().forEach(name -> all.put(name, new double[rounds * queries]));
        // The first round warms up and is not counted.
        for (int round = -1; round < rounds; round++) {
            for (int query = 0; query < queries; query++) {
                for (Map.Entry<String, Search> search : searches.entrySet()) {
                    long begun = System.nanoTime();
                    if (search.getValue().hits(query) < 0) {
                        throw new IllegalStateException("a search found less than nothing");
                    }
                    double took = (System.nanoTime() - begun) / 1e6;
                    if (round >= 0) {
                        all.getOrDefault(search.getKey(), new double[0])[round * queries + query] = took;
                    }
                }
            }
            progress.show("searches", round + 1, rounds);
        }
        all.values().forEach(Arrays::sort);
        return all;
    }

    private static void printStages(Map<SearchMode, BenchedSearch> services, ObjectNode figures) {
        MarkdownTable table = new MarkdownTable("stage", "mean, ms");
        services.forEach((mode, search) -> search.stages().forEach((stage, mean) -> {
            String name = mode.name().toLowerCase(Locale.ROOT) + ", " + stage;
            table.row(name, "%.3f".formatted(mean));
            figures.put(name, mean);
        }));
        System.out.println(table);
    }

    private static void print(Map<String, double[]> all, int passages, ObjectNode figures) {
        MarkdownTable table = new MarkdownTable("search of %,d passages".formatted(passages), "p50 ms", "p99 ms");
        all.forEach((name, took) -> {
            double p50 = took[took.length / 2];
            double p99 = took[(int) (took.length * 0.99)];
            table.row(name, "%.2f".formatted(p50), "%.2f".formatted(p99));
            figures.putObject(name).put("p50", p50).put("p99", p99);
        });
        System.out.println("## Search in process, without the query's embedding\n\n" + table);
    }
}
