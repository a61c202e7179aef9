package quintet.retrieve.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import quintet.retrieve.model.Likeness;
import quintet.retrieve.pipeline.Ranking.Ranked;

/**
 * Orders candidates so that each is relevant and unlike those before it (Carbonell and Goldstein 1998, <em>The Use of MMR</em>):
 * one after another, the one with the largest {@code (1 - diversity) * relevance - diversity * similarity}, where similarity is
 * that to the most similar one chosen before.
 *
 * <p>So that {@code diversity} means the same for every model and mode, both are scaled to 0 to 1: scores between the lowest and
 * the highest, and cosine similarities between that of the candidate least like the best one and that of equal texts.
 */
final class MaximalMarginalRelevance {
    private final List<Ranked> ranked;
    private final Likeness likeness;
    private final double[] relevances;
    private final double diversity;
    private double lowest;

    private MaximalMarginalRelevance(List<Ranked> ranked, Likeness likeness, double diversity) {
        this.ranked = ranked;
        this.likeness = likeness;
        this.diversity = diversity;
        DoubleSummaryStatistics scores =
                ranked.stream().mapToDouble(Ranked::score).summaryStatistics();
        double width = scores.getMax() - scores.getMin();
        relevances = ranked.stream()
                .mapToDouble(each -> width > 0 ? (each.score() - scores.getMin()) / width : 1)
                .toArray();
    }

    /**
     * Returns {@code ranked} in the new order; the best one stays first, and ties keep their order.
     *
     * @param likeness of {@code ranked}, by the positions in it
     * @param count how many are chosen so; the others follow as they were
     */
    static List<Ranked> order(List<Ranked> ranked, Likeness likeness, double diversity, int count) {
        return ranked.isEmpty() ? ranked : new MaximalMarginalRelevance(ranked, likeness, diversity).choose(count);
    }

    private List<Ranked> choose(int count) {
        List<Ranked> chosen = new ArrayList<>();
        boolean[] taken = new boolean[ranked.size()];
        double[] cosines = new double[ranked.size()];
        Arrays.fill(cosines, -1);
        int next = 0;
        while (true) {
            taken[next] = true;
            chosen.add(ranked.get(next));
            if (chosen.size() >= Math.min(count, ranked.size())) {
                break;
            }
            for (int i = 0; i < cosines.length; i++) {
                cosines[i] = taken[i] ? cosines[i] : Math.max(cosines[i], likeness.cosine(next, i));
            }
            if (chosen.size() == 1) {
                lowest = lowest(cosines, taken);
            }
            next = best(cosines, taken);
        }
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i]) {
                chosen.add(ranked.get(i));
            }
        }
        return chosen;
    }

    private static double lowest(double[] cosines, boolean[] taken) {
        double lowest = 1;
        for (int i = 0; i < cosines.length; i++) {
            lowest = taken[i] ? lowest : Math.min(lowest, cosines[i]);
        }
        return lowest;
    }

    private int best(double[] cosines, boolean[] taken) {
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < cosines.length; i++) {
            if (!taken[i]) {
                double similarity = lowest < 1 ? Math.max(0, (cosines[i] - lowest) / (1 - lowest)) : 1;
                double value = (1 - diversity) * relevances[i] - diversity * similarity;
                if (value > highest) {
                    highest = value;
                    best = i;
                }
            }
        }
        return best;
    }
}
