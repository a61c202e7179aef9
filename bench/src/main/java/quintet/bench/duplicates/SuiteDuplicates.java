package quintet.bench.duplicates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import quintet.bench.data.NearDuplicateSet;
import quintet.bench.data.NearDuplicateSet.Article;
import quintet.bench.data.RetrievalSet.Text;
import quintet.bench.metric.PairScore;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SuiteClient;

/** The pairs that a suite finds while it ingests a set, and what the search for them costs. */
public final class SuiteDuplicates {
    private final SuiteClient suite;
    private final Progress progress;

    /** Measures a suite. */
    public SuiteDuplicates(SuiteClient suite, Progress progress) {
        this.suite = suite;
        this.progress = progress;
    }

    /** Ingests a set with exact comparison alone, then with fuzzy comparison too. */
    public ObjectNode measure(NearDuplicateSet set, double threshold, MarkdownTable table) {
        ObjectNode figures = Json.object();
        figures.set("exact", measure(set, Json.object().put("exact", true), "exact only", table));
        ObjectNode fuzzy = Json.object().put("exact", true).put("fuzzy", true).put("fuzzyThreshold", threshold);
        figures.set("fuzzy", measure(set, fuzzy, "exact and fuzzy", table));
        return figures;
    }

    private ObjectNode measure(NearDuplicateSet set, ObjectNode settings, String what, MarkdownTable table) {
        List<Article> articles = set.articles();
        try (ScratchCollection collection = new ScratchCollection(suite, progress, "duplicates")) {
            collection.deduplicate(settings);
            long start = System.nanoTime();
            collection.ingestTexts(articles.stream()
                    .map(article -> new Text(article.id(), "", article.text()))
                    .toList());
            double perSecond = articles.size() / ((System.nanoTime() - start) / 1e9);
            Set<Set<String>> found = new HashSet<>();
            collection
                    .originals()
                    .forEach((alias, original) -> found.add(Set.of(
                            articles.get(ScratchCollection.position(alias)).id(),
                            articles.get(ScratchCollection.position(original)).id())));
            PairScore score = PairScore.of(found, set.pairs());
            table.row(
                    set.name() + ", " + what,
                    String.valueOf(articles.size()),
                    String.valueOf(score.truth()),
                    String.valueOf(score.found()),
                    String.format(Locale.ROOT, "%.3f", score.precision()),
                    String.format(Locale.ROOT, "%.3f", score.recall()),
                    String.format(Locale.ROOT, "%.1f", perSecond));
            return Json.object()
                    .put("precision", score.precision())
                    .put("recall", score.recall())
                    .put("documentsPerSecond", perSecond);
        }
    }
}
