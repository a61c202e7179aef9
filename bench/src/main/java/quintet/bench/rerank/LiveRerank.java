package quintet.bench.rerank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import quintet.bench.data.RetrievalSet;
import quintet.bench.metric.Durations;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.Passage;
import quintet.bench.suite.Reranking;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SearchMode;
import quintet.bench.suite.SuiteClient;
import quintet.bench.suite.SuiteException;

/**
 * Re-ranks the hits of a suite's own searches twice, all of them and as a cascade that is asked for the first ten: what is left
 * of the nDCG, how many pairs were scored, and how long both took, one after the other at one client.
 */
public final class LiveRerank {
    private final SuiteClient suite;
    private final Progress progress;
    private final int candidates;
    private final MarkdownTable table = new MarkdownTable(
            "nDCG@10",
            "queries",
            "search",
            "all scored",
            "cascade",
            "share",
            "pairs",
            "settled",
            "all, p50",
            "cascade, p50",
            "p90");
    private final ObjectNode figures = Json.object();
    private final List<Double> shares = new ArrayList<>();

    /**
     * Measures a suite that is up.
     *
     * @param candidates hits of a search that are re-ranked, 1 to 256
     */
    public LiveRerank(SuiteClient suite, Progress progress, int candidates) {
        this.suite = suite;
        this.progress = progress;
        this.candidates = candidates;
    }

    /** Sums over the queries of a set. */
    private static final class Sums {
        private double search;
        private double all;
        private double cascade;
        private int pairs;
        private int settled;
        private final List<Duration> allTimes = new ArrayList<>();
        private final List<Duration> cascadeTimes = new ArrayList<>();
    }

    /** Ingests a set into a scratch collection, asks its queries and returns the scores of all candidates. */
    public ScoredSet measure(RetrievalSet set) {
        try (ScratchCollection collection = new ScratchCollection(suite, progress, "rerank")) {
            // Judgements may name a copy: each document has to be found as itself.
            collection.deduplicate(Json.object().put("exact", false));
            collection.ingestTexts(set.documents());
            List<ScoredQuery> scored = new ArrayList<>();
            Sums sums = new Sums();
            for (RetrievalSet.Query query : set.queries()) {
                List<Passage> hits = suite.search(collection.name(), query.text(), candidates, SearchMode.HYBRID);
                scored.add(rerank(set, query, hits, sums));
                progress.show(
                        "asked of " + set.name(), scored.size(), set.queries().size());
            }
            add(set, sums);
            return new ScoredSet(set.name(), scored);
        }
    }

    private ScoredQuery rerank(RetrievalSet set, RetrievalSet.Query query, List<Passage> hits, Sums sums) {
        long begun = System.nanoTime();
        Reranking all = suite.rerank(query.text(), hits, hits.size());
        sums.allTimes.add(Duration.ofNanos(System.nanoTime() - begun));
        if (all.scored() < hits.size()) {
            throw new SuiteException("%d of %d candidates were scored in time".formatted(all.scored(), hits.size()));
        }
        begun = System.nanoTime();
        Reranking cascade = suite.rerank(query.text(), hits, Math.min(ScoredQuery.K, hits.size()));
        sums.cascadeTimes.add(Duration.ofNanos(System.nanoTime() - begun));
        double[] relevance = new double[hits.size()];
        all.results()
                .forEach(
                        result -> relevance[result.index()] = result.relevance().orElseThrow());
        ScoredQuery scored = new ScoredQuery(
                query.text(),
                query.grades(),
                IntStream.range(0, hits.size())
                        .mapToObj(i -> hit(set, hits.get(i), relevance[i]))
                        .toList());
        sums.search += scored.ndcg(IntStream.range(0, hits.size()).boxed().toList());
        sums.all += scored.ndcg(all.order());
        sums.cascade += scored.ndcg(cascade.order());
        sums.pairs += cascade.scored();
        sums.settled += cascade.stopReason().equals("ORDER_SETTLED") ? 1 : 0;
        return scored;
    }

    private static ScoredQuery.Hit hit(RetrievalSet set, Passage passage, double relevance) {
        String document = set.documents()
                .get(ScratchCollection.position(passage.documentId()))
                .id();
        return new ScoredQuery.Hit(document, passage.text(), passage.score(), relevance);
    }

    private void add(RetrievalSet set, Sums sums) {
        int queries = set.queries().size();
        double share = sums.all == 0 ? 1 : sums.cascade / sums.all;
        shares.add(share);
        Durations all = new Durations(sums.allTimes);
        Durations cascade = new Durations(sums.cascadeTimes);
        table.row(
                set.name(),
                String.valueOf(queries),
                text(sums.search / queries),
                text(sums.all / queries),
                text(sums.cascade / queries),
                text(share),
                String.format(Locale.ROOT, "%.1f", (double) sums.pairs / queries),
                text((double) sums.settled / queries),
                all.median().toMillis() + " ms",
                cascade.median().toMillis() + " ms",
                cascade.percentile(90).toMillis() + " ms");
        figures.putObject(set.name())
                .put("queries", queries)
                .put("search", sums.search / queries)
                .put("all", sums.all / queries)
                .put("cascade", sums.cascade / queries)
                .put("share", share)
                .put("pairs", (double) sums.pairs / queries)
                .put("settled", (double) sums.settled / queries)
                .put("allMsP50", all.median().toMillis())
                .put("cascadeMsP50", cascade.median().toMillis())
                .put("cascadeMsP90", cascade.percentile(90).toMillis());
    }

    /** Returns a row for each set and the mean share. */
    public MarkdownTable table() {
        double mean = shares.stream().mapToDouble(Double::doubleValue).average().orElse(1);
        table.row("mean", "", "", "", "", text(mean), "", "", "", "", "");
        return table;
    }

    /** Returns the same for scripts. */
    public ObjectNode figures() {
        return figures;
    }

    private static String text(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }
}
