package quintet.bench.metric;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Normalized discounted cumulative gain: gain {@code grade}, discount {@code log2(rank + 1)}, as trec_eval's {@code ndcg_cut}.
 *
 * <p>Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.
 */
public final class Ndcg {
    private Ndcg() {}

    /**
     * Scores one ranking.
     *
     * @param ranking document ids, best first, each once
     * @param grades grade by document id, 1 or more; documents that are not named are not relevant
     * @param k ranks that count
     * @return 0 to 1; 0 when nothing is relevant
     */
    public static double at(int k, List<String> ranking, Map<String, Integer> grades) {
        double ideal = gain(
                k, grades.values().stream().sorted(Comparator.reverseOrder()).toList());
        if (ideal == 0) {
            return 0;
        }
        return gain(k, ranking.stream().map(id -> grades.getOrDefault(id, 0)).toList()) / ideal;
    }

    private static double gain(int k, List<Integer> gradesByRank) {
        return IntStream.range(0, Math.min(k, gradesByRank.size()))
                .mapToDouble(i -> gradesByRank.get(i) * Math.log(2) / Math.log(i + 2.0))
                .sum();
    }
}
