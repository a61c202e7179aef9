package quintet.ingest.pipeline.reindex;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quintet.ingest.model.GenerationComparison;

/** Measures of the first {@value GenerationComparison#DEPTH} documents of a ranking. */
final class RankingMeasures {
    private RankingMeasures() {}

    /**
     * Returns nDCG (Järvelin and Kekäläinen, TOIS 2002) with the grade as gain and log2(rank + 1) as discount, as trec_eval
     * computes it: 0 to 1.
     *
     * @param grades of relevant documents, at least one, each above 0
     */
    static double ndcg(List<String> ranking, Map<String, Integer> grades) {
        List<Integer> gains = ranking.stream()
                .limit(GenerationComparison.DEPTH)
                .map(document -> grades.getOrDefault(document, 0))
                .toList();
        List<Integer> best = grades.values().stream()
                .sorted(Comparator.reverseOrder())
                .limit(GenerationComparison.DEPTH)
                .toList();
        return discounted(gains) / discounted(best);
    }

    private static double discounted(List<Integer> gains) {
        double sum = 0;
        for (int i = 0; i < gains.size(); i++) {
            sum += gains.get(i) / (Math.log(i + 2) / Math.log(2));
        }
        return sum;
    }

    /** Returns the share of the documents that both rankings have among their first ones, of the longer one's: 0 to 1. */
    static double overlap(List<String> one, List<String> other) {
        Set<String> first = new HashSet<>(one.subList(0, Math.min(GenerationComparison.DEPTH, one.size())));
        Set<String> second = new HashSet<>(other.subList(0, Math.min(GenerationComparison.DEPTH, other.size())));
        int most = Math.max(first.size(), second.size());
        first.retainAll(second);
        return most == 0 ? 1 : (double) first.size() / most;
    }
}
