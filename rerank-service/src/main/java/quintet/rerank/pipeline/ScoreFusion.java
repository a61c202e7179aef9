package quintet.rerank.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import quintet.rerank.model.Candidate;

/**
 * The score that the order follows: a weighted mean of the first stage's score, min-max scaled over the candidates, and the
 * cross-encoder's calibrated relevance. A small cross-encoder alone ranks worse than a good first stage on some domains; the
 * mean of both is better than either on most (see the model card of {@code quintet-reader-v1}).
 */
final class ScoreFusion {
    private static final double ALL_ALIKE = 0.5;

    private final double firstStageWeight;

    ScoreFusion(double firstStageWeight) {
        this.firstStageWeight = firstStageWeight;
    }

    /** Returns the fused score of each candidate by index; the relevance itself unless every candidate has a first-stage score. */
    double[] fuse(List<Candidate> candidates, double[] relevance) {
        Optional<double[]> scaled = scaled(candidates);
        if (scaled.isEmpty()) {
            return relevance.clone();
        }
        double[] fused = new double[relevance.length];
        for (int i = 0; i < fused.length; i++) {
            fused[i] = firstStageWeight * scaled.get()[i] + (1 - firstStageWeight) * relevance[i];
        }
        return fused;
    }

    private static Optional<double[]> scaled(List<Candidate> candidates) {
        double[] scores = new double[candidates.size()];
        for (int i = 0; i < scores.length; i++) {
            Optional<Float> score = candidates.get(i).firstStageScore();
            if (score.isEmpty()) {
                return Optional.empty();
            }
            scores[i] = score.get();
        }
        double min = Arrays.stream(scores).min().orElse(0);
        double range = Arrays.stream(scores).max().orElse(0) - min;
        return Optional.of(Arrays.stream(scores)
                .map(score -> range > 0 ? (score - min) / range : ALL_ALIKE)
                .toArray());
    }
}
