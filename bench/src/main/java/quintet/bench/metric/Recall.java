package quintet.bench.metric;

import java.util.List;
import java.util.Map;

/** Recall: the share of the relevant documents that is among the first ones. */
public final class Recall {
    private Recall() {}

    /**
     * Scores one ranking.
     *
     * @param ranking document ids, best first, each once
     * @param grades grade by document id, 1 or more; documents that are not named are not relevant
     * @param k ranks that count
     * @return 0 to 1; 0 when nothing is relevant
     */
    public static double at(int k, List<String> ranking, Map<String, Integer> grades) {
        if (grades.isEmpty()) {
            return 0;
        }
        return (double) ranking.stream().limit(k).filter(grades::containsKey).count() / grades.size();
    }
}
