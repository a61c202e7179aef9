package quintet.bench.fusion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import quintet.bench.report.Progress;

/**
 * Finds the weights of the adaptive fusion on a grid: those with the largest mean nDCG@10 over sets, of which what the worst set
 * falls short of the better of its two lists is taken off.
 */
final class Fitting {
    private static final double[] LEXICAL = {13, 15, 17};
    private static final double[] TEMPERATURE = {0.6, 0.7, 0.8};
    private static final double[] BANDWIDTH = {1.5, 1.7, 2.0};
    private static final double[] NEIGHBOURS = {0, 0.8, 0.85, 0.9};

    /** A point of the grid. */
    record Weights(double lexical, double temperature, double bandwidth, double neighbours) {}

    private record Trial(Weights weights, List<Double> ndcg) {}

    private final List<Trial> trials = new ArrayList<>();
    private final List<Double> better;

    /**
     * Tries every point of the grid.
     *
     * @param better nDCG@10 of the better list of each set
     */
    Fitting(List<FusionSet> sets, List<Double> better, Progress progress) {
        this.better = List.copyOf(better);
        List<Weights> grid = grid();
        for (Weights weights : grid) {
            trials.add(new Trial(
                    weights,
                    sets.stream()
                            .map(set -> mean(set.ndcg(lists -> lists.adaptive(
                                    weights.lexical(),
                                    weights.temperature(),
                                    weights.bandwidth(),
                                    weights.neighbours()))))
                            .toList()));
            progress.show("weights", trials.size(), grid.size());
        }
    }

    /** Returns the weights that are best on all sets. */
    Weights best() {
        return best(Set.of()).weights();
    }

    /** Returns the nDCG@10 of a set by the weights that are best on all others. */
    double leftOut(int set) {
        return best(Set.of(set)).ndcg().get(set);
    }

    private Trial best(Set<Integer> without) {
        Set<Integer> of = new TreeSet<>(IntStream.range(0, better.size())
                .filter(i -> !without.contains(i))
                .boxed()
                .toList());
        return trials.stream()
                .max(Comparator.comparingDouble(trial -> worth(trial, of)))
                .orElseThrow();
    }

    private double worth(Trial trial, Set<Integer> of) {
        double mean = of.stream().mapToDouble(trial.ndcg()::get).average().orElse(0);
        double worst = of.stream()
                .mapToDouble(i -> trial.ndcg().get(i) - better.get(i))
                .min()
                .orElse(0);
        return mean + Math.min(0, worst);
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static List<Weights> grid() {
        List<Weights> grid = new ArrayList<>();
        for (double lexical : LEXICAL) {
            for (double temperature : TEMPERATURE) {
                for (double bandwidth : BANDWIDTH) {
                    for (double neighbours : NEIGHBOURS) {
                        grid.add(new Weights(lexical, temperature, bandwidth, neighbours));
                    }
                }
            }
        }
        return grid;
    }
}
