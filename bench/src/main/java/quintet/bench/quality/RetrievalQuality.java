package quintet.bench.quality;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quintet.bench.data.RetrievalSet;
import quintet.bench.metric.Ndcg;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.Passage;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SearchMode;
import quintet.bench.suite.SuiteClient;

/**
 * Ranking of documents on public retrieval sets: nDCG@10 of each way to search. A document counts where its best passage
 * stands.
 */
public final class RetrievalQuality {
    private static final int K = 10;
    /** Passages fetched for a query: enough for ten documents, also when long ones have several among them. */
    private static final int TOP_K = 50;

    private static final List<String> WAYS = List.of("lexical", "dense", "hybrid", "hybrid + re-rank");

    private final SuiteClient suite;
    private final Progress progress;
    private final int candidates;
    private final Map<String, List<Double>> bySet = new LinkedHashMap<>();
    private final MarkdownTable table =
            new MarkdownTable("nDCG@10", "documents", "queries", WAYS.get(0), WAYS.get(1), WAYS.get(2), WAYS.get(3));
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
            double[] sums = new double[WAYS.size()];
            int asked = 0;
            for (RetrievalSet.Query query : set.queries()) {
                int way = 0;
                for (List<Passage> ranking : rankings(collection.name(), query.text())) {
                    sums[way++] += Ndcg.at(K, documents(ranking, set), query.grades());
                }
                progress.show("asked of " + set.name(), ++asked, set.queries().size());
            }
            List<Double> means = new ArrayList<>();
            for (double sum : sums) {
                means.add(sum / set.queries().size());
            }
            add(set, means);
        }
    }

    /** Prints the table with the mean over the sets, and returns its figures. */
    public ObjectNode finish(PrintStream out) {
        List<String> cells = new ArrayList<>(List.of("mean", "", ""));
        ObjectNode mean = figures.putObject("mean");
        for (int way = 0; way < WAYS.size(); way++) {
            int column = way;
            double value = bySet.values().stream()
                    .mapToDouble(means -> means.get(column))
                    .average()
                    .orElse(0);
            cells.add(Share.text(value));
            mean.put(WAYS.get(way), value);
        }
        table.row(cells.toArray(String[]::new));
        out.println(table);
        return figures;
    }

    /** In the order of {@link #WAYS}. */
    private List<List<Passage>> rankings(String collection, String query) {
        List<Passage> hybrid = suite.search(collection, query, TOP_K, SearchMode.HYBRID);
        int head = Math.min(candidates, hybrid.size());
        List<Passage> reranked = new ArrayList<>(suite.rerank(query, hybrid.subList(0, head)));
        reranked.addAll(hybrid.subList(head, hybrid.size()));
        return List.of(
                suite.search(collection, query, TOP_K, SearchMode.LEXICAL),
                suite.search(collection, query, TOP_K, SearchMode.DENSE),
                hybrid,
                reranked);
    }

    private static List<String> documents(List<Passage> ranking, RetrievalSet set) {
        return ranking.stream()
                .map(Passage::documentId)
                .distinct()
                .map(id -> set.documents().get(ScratchCollection.position(id)).id())
                .toList();
    }

    private void add(RetrievalSet set, List<Double> means) {
        bySet.put(set.name(), means);
        table.row(
                set.name(),
                String.valueOf(set.documents().size()),
                String.valueOf(set.queries().size()),
                Share.text(means.get(0)),
                Share.text(means.get(1)),
                Share.text(means.get(2)),
                Share.text(means.get(3)));
        ObjectNode figure = figures.putObject(set.name());
        figure.put("documents", set.documents().size())
                .put("queries", set.queries().size());
        for (int way = 0; way < WAYS.size(); way++) {
            figure.put(WAYS.get(way), means.get(way));
        }
    }
}
