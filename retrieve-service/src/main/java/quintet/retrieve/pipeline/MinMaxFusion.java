package quintet.retrieve.pipeline;

import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.explanation.ExplainedFusion;

/**
 * Weighted mean of scores scaled to 0 to 1 between the lowest and the highest of the union (convex combination; Bruch, Gai
 * and Ingber 2023, <em>An Analysis of Fusion Functions for Hybrid Retrieval</em>).
 *
 * @param denseWeight weight of the dense score, 0 to 1; the lexical score has the rest
 */
record MinMaxFusion(double denseWeight) implements ScoreFusion {
    @Override
    public List<FusedCandidate> fuse(List<ScorePair> union) {
        ToDoubleFunction<ScorePair> dense = scaled(union, ScorePair::dense);
        ToDoubleFunction<ScorePair> lexical = scaled(union, ScorePair::lexical);
        return union.stream()
                .map(pair -> new FusedCandidate(
                        pair,
                        denseWeight * dense.applyAsDouble(pair) + (1 - denseWeight) * lexical.applyAsDouble(pair)))
                .sorted(FusedCandidate.BEST_FIRST)
                .toList();
    }

    @Override
    public ExplainedFusion explain(List<ScorePair> union) {
        ToDoubleFunction<ScorePair> dense = scaled(union, ScorePair::dense);
        ToDoubleFunction<ScorePair> lexical = scaled(union, ScorePair::lexical);
        Map<String, Map<String, Double>> parts = new LinkedHashMap<>();
        for (ScorePair pair : union) {
            Map<String, Double> ofPair = new LinkedHashMap<>();
            ofPair.put("dense", denseWeight * dense.applyAsDouble(pair));
            ofPair.put("lexical", (1 - denseWeight) * lexical.applyAsDouble(pair));
            parts.put(pair.candidate().chunkId(), ofPair);
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("denseWeight", denseWeight);
        put(numbers, "dense", union.stream().mapToDouble(ScorePair::dense).summaryStatistics());
        put(numbers, "lexical", union.stream().mapToDouble(ScorePair::lexical).summaryStatistics());
        return new ExplainedFusion(
                Fusion.WEIGHTED,
                numbers,
                parts,
                String.format(
                        Locale.ROOT,
                        "Each list is scaled between its lowest and its highest score; meaning counts %.2f and words"
                                + " %.2f, whatever the query.",
                        denseWeight,
                        1 - denseWeight));
    }

    private static void put(Map<String, Double> numbers, String list, DoubleSummaryStatistics scores) {
        if (scores.getCount() > 0) {
            numbers.put(list + "Lowest", scores.getMin());
            numbers.put(list + "Highest", scores.getMax());
        }
    }

    /** Returns the scaling of one list; equal scores all scale to 1 if they are positive, else to 0. */
    private static ToDoubleFunction<ScorePair> scaled(List<ScorePair> union, ToDoubleFunction<ScorePair> score) {
        DoubleSummaryStatistics range = union.stream().mapToDouble(score).summaryStatistics();
        double width = range.getMax() - range.getMin();
        return width > 0
                ? pair -> (score.applyAsDouble(pair) - range.getMin()) / width
                : pair -> score.applyAsDouble(pair) > 0 ? 1 : 0;
    }
}
