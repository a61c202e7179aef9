package quintet.retrieve.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quintet.retrieve.pipeline.Ranking.Ranked;

/**
 * One list of those of several queries: the sum of {@code 1 / (k + rank)} (reciprocal rank fusion; Cormack, Clarke and Büttcher
 * 2009), the query itself counting once and the others half, divided by its largest value so that it is 0 to 1. A hit keeps the
 * scores of its stages from the first query that found it.
 */
final class VariantFusion {
    private static final int K = 60;
    private static final double OTHERS = 0.5;

    private VariantFusion() {}

    /** Fuses rankings of the same view, at least one; the first is that of the query itself. */
    static Ranking fuse(List<Ranking> rankings) {
        Ranking first = rankings.getFirst();
        if (rankings.size() == 1) {
            return first;
        }
        Map<String, Ranked> found = new LinkedHashMap<>();
        Map<String, Double> sums = new LinkedHashMap<>();
        double weight = 1;
        double all = 0;
        for (Ranking ranking : rankings) {
            int rank = 0;
            all += weight;
            for (Ranked each : ranking.ranked()) {
                String id = each.candidate().chunkId();
                found.putIfAbsent(id, each);
                sums.merge(id, weight * (K + 1) / (K + ++rank), Double::sum);
            }
            weight = OTHERS;
        }
        List<Ranked> fused = new ArrayList<>();
        double most = all;
        found.forEach((id, each) ->
                fused.add(new Ranked(each.candidate(), sums.getOrDefault(id, 0.0) / most, each.scores())));
        fused.sort(Comparator.comparingDouble(Ranked::score)
                .reversed()
                .thenComparing(each -> each.candidate().chunkId()));
        return first.with(fused);
    }
}
