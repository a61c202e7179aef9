package quintet.rerank.pipeline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import quintet.rerank.model.Candidate;

/**
 * The score that the order follows: a weighted mean of the first stage's score, min-max scaled over the candidates, and the
 * cross-encoder's calibrated relevance. A small cross-encoder alone ranks worse than a good first stage on some domains; the
 * mean of both is better than either on most (see the model card of {@code quintet-reader-v1}).
 *
 * <p>Unless every candidate has a first-stage score, the order follows the relevance alone, and the words that a candidate shares
 * with the query ({@link LexicalScores}) say only which candidates to score first.
 */
public final class ScoreFusion {
    private static final double ALL_ALIKE = 0.5;

    private final double[] cheap;
    private final double weight;

    private ScoreFusion(double[] cheap, double weight) {
        this.cheap = cheap;
        this.weight = weight;
    }

    /**
     * Takes the scores that cost nothing.
     *
     * @param firstStageWeight of the first stage in the mean, 0 to 1
     */
    public static ScoreFusion of(String query, List<Candidate> candidates, double firstStageWeight) {
        boolean scored = candidates.stream()
                .allMatch(candidate -> candidate.firstStageScore().isPresent());
        double[] scores = scored
                ? candidates.stream()
                        .mapToDouble(candidate -> candidate.firstStageScore().orElseThrow())
                        .toArray()
                : LexicalScores.of(
                        query, candidates.stream().map(Candidate::text).toList());
        return new ScoreFusion(scaled(scores), scored ? firstStageWeight : 0);
    }

    /** Returns the candidates' indices, the best cheap score first, ties by index. */
    public List<Integer> cheapOrder() {
        return IntStream.range(0, cheap.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -cheap[i]).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Returns the fused score of candidate {@code index} if its relevance is {@code relevance}, 0 to 1. */
    public double fused(int index, double relevance) {
        return weight * cheap[index] + (1 - weight) * relevance;
    }

    private static double[] scaled(double[] scores) {
        double min = Arrays.stream(scores).min().orElse(0);
        double range = Arrays.stream(scores).max().orElse(0) - min;
        return Arrays.stream(scores)
                .map(score -> range > 0 ? (score - min) / range : ALL_ALIKE)
                .toArray();
    }
}
