package quintet.retrieve.pipeline;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

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

    /** Returns the scaling of one list; equal scores all scale to 1 if they are positive, else to 0. */
    private static ToDoubleFunction<ScorePair> scaled(List<ScorePair> union, ToDoubleFunction<ScorePair> score) {
        DoubleSummaryStatistics range = union.stream().mapToDouble(score).summaryStatistics();
        double width = range.getMax() - range.getMin();
        return width > 0
                ? pair -> (score.applyAsDouble(pair) - range.getMin()) / width
                : pair -> score.applyAsDouble(pair) > 0 ? 1 : 0;
    }
}
