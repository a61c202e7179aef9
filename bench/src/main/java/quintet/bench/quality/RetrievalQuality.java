package quintet.bench.quality;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quintet.bench.data.RetrievalSet;
import quintet.bench.metric.Ndcg;
import quintet.bench.metric.Recall;
import quintet.bench.metric.Share;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.Passage;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SearchMode;
import quintet.bench.suite.SuiteClient;

/**
 * Ranking of documents on public retrieval sets: nDCG@10 and recall@100 of each way to search. A document counts where its best
 * passage stands.
 */
public final class RetrievalQuality {
    private static final int K = 10;
    private static final int RECALL_K = 100;
    /** Passages fetched for a query: enough for ten documents, also when long ones have several among them. */
    private static final int TOP_K = 50;
    /** The same for a hundred documents. */
    private static final int RECALL_TOP_K = 250;

    private static final List<String> FUSIONS = List.of("rrf", "weighted", "adaptive");
    private static final String RERANKED = "adaptive + re-rank";

    private final SuiteClient suite;
    private final Progress progress;
    private final int candidates;
    private final Map<String, Map<String, Double>> ndcg = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> recall = new LinkedHashMap<>();
    private final ObjectNode figures = Json.object();

    /**
     * Measures a suite that is up.
     *
     * @param candidates passages that are re-ranked, at least 1; those behind keep their order
     */
    public RetrievalQuality(SuiteClient suite, Progress progress, int candidates) {
        this.suite = suite;
        this.progress = progress;
        this.candidates = candidates;
    }

    /** Ingests a set into a scratch collection and asks its queries in every way. */
    public void measure(RetrievalSet set) {
        try (ScratchCollection collection = new ScratchCollection(suite, progress, "retrieval")) {
            // Judgements may name a copy: each document has to be found as itself.
            collection.deduplicate(Json.object().put("exact", false));
            collection.ingestTexts(set.documents());
            Map<String, Double> ndcgSums = new LinkedHashMap<>();
            Map<String, Double> recallSums = new LinkedHashMap<>();
            int asked = 0;
            for (RetrievalSet.Query query : set.queries()) {
                rankings(collection.name(), query.text(), TOP_K)
                        .forEach((way, ranking) ->
                                ndcgSums.merge(way, Ndcg.at(K, documents(ranking, set), query.grades()), Double::sum));
                searches(collection.name(), query.text(), RECALL_TOP_K)
                        .forEach((way, ranking) -> recallSums.merge(
                                way, Recall.at(RECALL_K, documents(ranking, set), query.grades()), Double::sum));
                progress.show("asked of " + set.name(), ++asked, set.queries().size());
            }
            add(set, ndcgSums, ndcg, "");
            add(set, recallSums, recall, ", recall@100");
        }
    }

    /** Prints a table of each figure with the mean over the sets, and returns all figures. */
    public ObjectNode finish(PrintStream out) {
        out.println(table("nDCG@10", ndcg, ""));
        out.println(table("recall@100", recall, ", recall@100"));
        return figures;
    }

    /** Returns what each way to search finds, by its name. */
    private Map<String, List<Passage>> searches(String collection, String query, int topK) {
        Map<String, List<Passage>> found = new LinkedHashMap<>();
        for (SearchMode mode : List.of(SearchMode.LEXICAL, SearchMode.DENSE)) {
            found.put(mode.wireName(), suite.search(collection, query, topK, mode));
        }
        for (String fusion : FUSIONS) {
            found.put(fusion, suite.searchFused(collection, query, topK, fusion));
        }
        return found;
    }

    private Map<String, List<Passage>> rankings(String collection, String query, int topK) {
        Map<String, List<Passage>> rankings = searches(collection, query, topK);
        List<Passage> fused = rankings.getOrDefault(FUSIONS.getLast(), List.of());
        int head = Math.min(candidates, fused.size());
        List<Passage> reranked = new ArrayList<>(suite.rerank(query, fused.subList(0, head)));
        reranked.addAll(fused.subList(head, fused.size()));
        rankings.put(RERANKED, reranked);
        return rankings;
    }

    private static List<String> documents(List<Passage> ranking, RetrievalSet set) {
        return ranking.stream()
                .map(Passage::documentId)
                .distinct()
                .map(id -> set.documents().get(ScratchCollection.position(id)).id())
                .toList();
    }

    private void add(
            RetrievalSet set, Map<String, Double> sums, Map<String, Map<String, Double>> bySet, String suffix) {
        int queries = set.queries().size();
        ObjectNode figure = figures.withObject("/" + set.name());
        figure.put("documents", set.documents().size()).put("queries", queries);
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((way, sum) -> {
            means.put(way, sum / queries);
            figure.put(way + suffix, sum / queries);
        });
        bySet.put(set.name(), means);
    }

    private MarkdownTable table(String name, Map<String, Map<String, Double>> bySet, String suffix) {
        List<String> ways = bySet.values().stream()
                .findFirst()
                .map(means -> List.copyOf(means.keySet()))
                .orElse(List.of());
        List<String> titles = new ArrayList<>(List.of(name, "documents", "queries"));
        titles.addAll(ways);
        MarkdownTable table = new MarkdownTable(titles.toArray(String[]::new));
        bySet.forEach((set, means) -> {
            List<String> row = new ArrayList<>(List.of(
                    set,
                    figures.path(set).path("documents").asText(),
                    figures.path(set).path("queries").asText()));
            means.values().forEach(mean -> row.add(Share.text(mean)));
            table.row(row.toArray(String[]::new));
        });
        List<String> row = new ArrayList<>(List.of("mean", "", ""));
        ObjectNode all = figures.withObject("/mean");
        for (String way : ways) {
            double mean = bySet.values().stream()
                    .mapToDouble(means -> means.getOrDefault(way, 0.0))
                    .average()
                    .orElse(0);
            all.put(way + suffix, mean);
            row.add(Share.text(mean));
        }
        table.row(row.toArray(String[]::new));
        return table;
    }
}
