package quintet.retrieve.pipeline;

import java.util.Comparator;

/**
 * A candidate after fusion.
 *
 * @param score 0 to 1
 */
record FusedCandidate(ScorePair scores, double score) {
    /** Best first, ties by chunk id. */
    static final Comparator<FusedCandidate> BEST_FIRST = Comparator.comparingDouble(FusedCandidate::score)
            .reversed()
            .thenComparing(fused -> fused.scores().candidate().chunkId());
}
