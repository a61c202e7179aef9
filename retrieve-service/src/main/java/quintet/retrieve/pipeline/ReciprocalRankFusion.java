package quintet.retrieve.pipeline;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.explanation.ExplainedFusion;

/**
 * Sum of {@code 1 / (k + rank)} over both lists (Cormack, Clarke and Büttcher 2009), divided by its largest value so that it
 * is 0 to 1. Ranks are those of the true scores in the union; a passage with none of the words has no lexical rank.
 *
 * @param k how little the first ranks count more than the next, 60 in the paper
 */
record ReciprocalRankFusion(int k) implements ScoreFusion {
    @Override
    public List<FusedCandidate> fuse(List<ScorePair> union) {
        Map<ScorePair, Integer> dense = ranks(union, ScorePair::dense);
        Map<ScorePair, Integer> lexical = ranks(withWords(union), ScorePair::lexical);
        return union.stream()
                .map(pair -> new FusedCandidate(pair, share(dense, pair) + share(lexical, pair)))
                .sorted(FusedCandidate.BEST_FIRST)
                .toList();
    }

    @Override
    public ExplainedFusion explain(List<ScorePair> union) {
        Map<ScorePair, Integer> dense = ranks(union, ScorePair::dense);
        Map<ScorePair, Integer> lexical = ranks(withWords(union), ScorePair::lexical);
        Map<String, Map<String, Double>> parts = new LinkedHashMap<>();
        for (ScorePair pair : union) {
            Map<String, Double> ofPair = new LinkedHashMap<>();
            ofPair.put("dense", share(dense, pair));
            ofPair.put("lexical", share(lexical, pair));
            parts.put(pair.candidate().chunkId(), ofPair);
        }
        return new ExplainedFusion(
                Fusion.RRF,
                Map.of("k", (double) k),
                parts,
                "Each list counts by its ranks alone, both alike, whatever the query.");
    }

    private static List<ScorePair> withWords(List<ScorePair> union) {
        return union.stream().filter(pair -> pair.lexical() > 0).toList();
    }

    private double share(Map<ScorePair, Integer> ranks, ScorePair pair) {
        Integer rank = ranks.get(pair);
        return rank == null ? 0 : (k + 1.0) / (k + rank) / 2;
    }

    /** Returns ranks from 1; equal scores are ranked by chunk id. */
    private static Map<ScorePair, Integer> ranks(List<ScorePair> pairs, ToDoubleFunction<ScorePair> score) {
        List<ScorePair> ranked = pairs.stream()
                .sorted(Comparator.comparingDouble(score)
                        .reversed()
                        .thenComparing(pair -> pair.candidate().chunkId()))
                .toList();
        Map<ScorePair, Integer> ranks = new HashMap<>();
        for (ScorePair pair : ranked) {
            ranks.put(pair, ranks.size() + 1);
        }
        return ranks;
    }
}
