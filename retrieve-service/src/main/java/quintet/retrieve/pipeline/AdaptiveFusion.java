package quintet.retrieve.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import quintet.retrieve.model.explanation.ExplainedFusion;

/**
 * Fusion by weights that follow the query, with the evidence of neighbours. No list's best score is taken for a good one, as
 * min-max scaling does: what a score is worth is told by what it could have been.
 *
 * <ol>
 *   <li><em>Words</em>: the BM25 score divided by its bound, {@link quintet.retrieve.model.CandidateList#scoreBound}: the share of
 *       the query, by the weight of its words, that the passage has. A long question of which passages only have a few words is
 *       left to the vectors; a name or an identifier that a passage has is not.
 *   <li><em>Meaning</em>: the cosine in units of the {@link Neighbourhood#spread} of cosines between the query's candidates, which
 *       differs from model to model. Both together are log-odds of relevance, up to a constant.
 *   <li><em>Neighbours</em>: passages alike are relevant to the same queries (van Rijsbergen's cluster hypothesis 1979; Diaz 2005,
 *       <em>Regularizing Ad Hoc Retrieval Scores</em>). The odds are averaged over the neighbourhood, and the passage's own and
 *       its neighbours' log-odds are added by {@code neighbours}.
 * </ol>
 *
 * <p>The score is affine in that sum, scaled by the least and the most that it can be, 0 to 1. It is not relative to the other
 * candidates, so scores of different queries compare.
 *
 * @param scoreBound of the BM25 scores; if empty, the best passage is taken to have as much of the query as is usual
 */
record AdaptiveFusion(Neighbourhood neighbourhood, OptionalDouble scoreBound, Weights weights) implements ScoreFusion {
    /** Share of a query's words, by weight, that its best passage has: the mean over the development sets. */
    private static final double TYPICAL_SHARE = 0.37;

    /**
     * The four numbers of the fusion.
     *
     * @param lexical log-odds of a passage that has all of the query's words, above those of one that has none
     * @param temperature of the cosines, in units of their spread: the smaller, the more the dense side counts
     * @param bandwidth of the neighbourhood, in units of the spread: the larger, the more passages are neighbours
     * @param neighbours share of the neighbours in a passage's log-odds, 0 to 1
     */
    record Weights(double lexical, double temperature, double bandwidth, double neighbours) {
        /** Fitted on eight sets; {@code bench fusion} fits them anew, on all sets and on all but one. */
        static final Weights FITTED = new Weights(15, 0.7, 1.7, 0.85);
    }

    @Override
    public List<FusedCandidate> fuse(List<ScorePair> union) {
        double unit = unit();
        double[] own = logOdds(union, unit);
        double[] around = ofNeighbours(own);
        double most = 1 + weights.lexical() * unit;
        return IntStream.range(0, own.length)
                .mapToObj(i -> {
                    double logOdds = (1 - weights.neighbours()) * own[i] + weights.neighbours() * around[i];
                    return new FusedCandidate(union.get(i), Math.clamp((unit * logOdds + 1) / (most + 1), 0, 1));
                })
                .sorted(FusedCandidate.BEST_FIRST)
                .toList();
    }

    @Override
    public ExplainedFusion explain(List<ScorePair> union) {
        return AdaptiveExplanation.of(this, union);
    }

    /** Returns what a cosine is divided by to be log-odds. */
    double unit() {
        return weights.temperature() * neighbourhood.spread();
    }

    double[] logOdds(List<ScorePair> union, double unit) {
        double bound = bound(union);
        return union.stream()
                .mapToDouble(pair -> pair.dense() / unit + ofWords(pair, bound))
                .toArray();
    }

    /** Returns the log-odds that the words of a candidate add. */
    double ofWords(ScorePair pair, double bound) {
        return weights.lexical() * Math.min(1, pair.lexical() / bound);
    }

    /** Returns what BM25 scores are divided by. */
    double bound(List<ScorePair> union) {
        double best = union.stream().mapToDouble(ScorePair::lexical).max().orElse(0);
        double bound = scoreBound.orElse(best / TYPICAL_SHARE);
        return bound > 0 ? bound : 1;
    }

    /** Returns the logarithm of the neighbourhoods' mean odds. */
    double[] ofNeighbours(double[] logOdds) {
        // Relative to the best: the exponential of an unscaled one may be too large for a double.
        double best = Arrays.stream(logOdds).max().orElse(0);
        double[] odds = Arrays.stream(logOdds).map(x -> Math.exp(x - best)).toArray();
        double bandwidth = weights.bandwidth() * neighbourhood.spread();
        return Arrays.stream(neighbourhood.means(odds, bandwidth))
                .map(mean -> best + Math.log(mean))
                .toArray();
    }
}
