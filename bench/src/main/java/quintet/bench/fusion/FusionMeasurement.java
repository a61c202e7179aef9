package quintet.bench.fusion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import quintet.bench.data.RetrievalSet;
import quintet.bench.metric.PairedRandomization;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.retrieval.SentenceVectors;
import quintet.retrieve.pipeline.BenchedLists;

/**
 * nDCG@10 of every fusion beside its two lists, on the same lists; whether the adaptive one is worse than the better list, and
 * better than reciprocal rank fusion, by more than chance; and what it is on sets that its weights were not fitted on.
 */
public final class FusionMeasurement {
    private static final String LEXICAL = "lexical";
    private static final String DENSE = "dense";
    private static final String RRF = "rrf";
    private static final String ADAPTIVE = "adaptive";
    private static final Map<String, Function<BenchedLists, List<String>>> WAYS = ways();

    private final Path scratch;
    private final long seed;
    private final Progress progress;
    private final List<FusionSet> sets = new ArrayList<>();

    /**
     * Prepares a measurement.
     *
     * @param scratch where indexes and embeddings are kept
     * @param seed of the randomization tests
     */
    public FusionMeasurement(Path scratch, long seed, Progress progress) {
        this.scratch = scratch;
        this.seed = seed;
        this.progress = progress;
    }

    /** Indexes a set and searches for its queries. */
    public void add(RetrievalSet set, SentenceVectors vectors) throws IOException {
        sets.add(FusionSet.search(set, vectors, scratch, progress));
    }

    /** Prints the table, and with {@code fit} what the weights are on all sets and on all but one. */
    public void finish(boolean fit, PrintStream out, ObjectNode figures) {
        Map<String, List<List<Double>>> ndcg = new LinkedHashMap<>();
        WAYS.forEach((way, ranking) ->
                ndcg.put(way, sets.stream().map(set -> set.ndcg(ranking)).toList()));
        List<Double> better = IntStream.range(0, sets.size())
                .mapToObj(i -> Math.max(mean(ndcg, LEXICAL, i), mean(ndcg, DENSE, i)))
                .toList();
        Fitting fitting = fit ? new Fitting(sets, better, progress) : null;

        List<String> titles = new ArrayList<>(List.of("nDCG@10", "passages", "queries"));
        titles.addAll(WAYS.keySet());
        titles.addAll(List.of("left out", "- better list", "p", "- rrf", "p"));
        MarkdownTable table = new MarkdownTable(titles.toArray(String[]::new));
        for (int i = 0; i < sets.size(); i++) {
            FusionSet set = sets.get(i);
            String betterList = mean(ndcg, LEXICAL, i) > mean(ndcg, DENSE, i) ? LEXICAL : DENSE;
            List<String> row = new ArrayList<>(List.of(
                    set.set().name(),
                    "%,d".formatted(set.passages()),
                    "" + set.lists().size()));
            ObjectNode figure = figures.putObject(set.set().name());
            for (String way : WAYS.keySet()) {
                row.add(text(mean(ndcg, way, i)));
                figure.put(way, mean(ndcg, way, i));
            }
            row.add(fitting == null ? "-" : text(fitting.leftOut(i)));
            if (fitting != null) {
                figure.put("left out", fitting.leftOut(i));
            }
            List<List<Double>> toBetter = List.of(differences(ndcg, betterList, i));
            List<List<Double>> toRrf = List.of(differences(ndcg, RRF, i));
            row.addAll(List.of(difference(toBetter), p(toBetter), difference(toRrf), p(toRrf)));
            table.row(row.toArray(String[]::new));
        }
        table.row(means(ndcg, better, fitting).toArray(String[]::new));
        out.println(table);
        if (fitting != null) {
            out.println("Best weights of the grid on all sets: " + fitting.best() + ".\n");
        }
    }

    private List<String> means(Map<String, List<List<Double>>> ndcg, List<Double> better, @Nullable Fitting fitting) {
        List<String> row = new ArrayList<>(List.of("mean", "", ""));
        for (String way : WAYS.keySet()) {
            row.add(text(meanOfMeans(ndcg, way)));
        }
        row.add(
                fitting == null
                        ? "-"
                        : text(IntStream.range(0, sets.size())
                                .mapToDouble(fitting::leftOut)
                                .average()
                                .orElse(0)));
        List<List<Double>> toRrf = IntStream.range(0, sets.size())
                .mapToObj(i -> differences(ndcg, RRF, i))
                .toList();
        row.addAll(
                List.of(signed(meanOfMeans(ndcg, ADAPTIVE) - Fitting.mean(better)), "", difference(toRrf), p(toRrf)));
        return row;
    }

    private double meanOfMeans(Map<String, List<List<Double>>> ndcg, String way) {
        return IntStream.range(0, sets.size())
                .mapToDouble(i -> mean(ndcg, way, i))
                .average()
                .orElse(0);
    }

    private static double mean(Map<String, List<List<Double>>> ndcg, String way, int set) {
        return Fitting.mean(of(ndcg, way, set));
    }

    private static List<Double> of(Map<String, List<List<Double>>> ndcg, String way, int set) {
        return ndcg.getOrDefault(way, List.of()).get(set);
    }

    private static List<Double> differences(Map<String, List<List<Double>>> ndcg, String from, int set) {
        List<Double> adaptive = of(ndcg, ADAPTIVE, set);
        List<Double> other = of(ndcg, from, set);
        return IntStream.range(0, adaptive.size())
                .mapToObj(i -> adaptive.get(i) - other.get(i))
                .toList();
    }

    private static String difference(List<List<Double>> groups) {
        return signed(groups.stream().mapToDouble(Fitting::mean).average().orElse(0));
    }

    private String p(List<List<Double>> groups) {
        return text(PairedRandomization.p(groups, seed));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }

    private static Map<String, Function<BenchedLists, List<String>>> ways() {
        Map<String, Function<BenchedLists, List<String>>> ways = new LinkedHashMap<>();
        ways.put(LEXICAL, BenchedLists::lexical);
        ways.put(DENSE, BenchedLists::dense);
        ways.put(RRF, BenchedLists::byRank);
        ways.put("weighted", BenchedLists::weighted);
        ways.put(ADAPTIVE, BenchedLists::adaptive);
        return ways;
    }
}
