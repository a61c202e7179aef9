package quintet.rerank.pipeline.compression;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import quintet.rerank.pipeline.Words;

/**
 * Takes sentences, the best first, as long as their tokens fit; one that does not fit is passed over for shorter ones behind it.
 *
 * <p>With a {@code lambda} below 1 the best one is each time that with the highest {@code lambda * score - (1 - lambda) * likeness},
 * where the likeness is the highest Jaccard similarity of words to a sentence taken before: maximal marginal relevance (Carbonell
 * and Goldstein, "The use of MMR, diversity-based reranking", 1998).
 */
final class TokenBudget {
    /** Sentences among which likeness counts: comparing each with each is quadratic. The others follow by their scores. */
    private static final int MOST_COMPARED = 256;

    private final List<Piece> pieces;
    private final int maxTokens;

    TokenBudget(List<Piece> pieces, int maxTokens) {
        this.pieces = pieces;
        this.maxTokens = maxTokens;
    }

    /**
     * Returns which pieces are taken.
     *
     * @param scores of the pieces; those below 0 are left out
     */
    boolean[] take(double[] scores, double lambda) {
        boolean[] taken = new boolean[scores.length];
        int tokens = 0;
        for (int index : order(scores, lambda)) {
            int more = pieces.get(index).tokens();
            if (more <= maxTokens - tokens) {
                taken[index] = true;
                tokens += more;
            }
        }
        return taken;
    }

    private List<Integer> order(double[] scores, double lambda) {
        List<Integer> byScore = IntStream.range(0, scores.length)
                .filter(index -> scores[index] >= 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer index) -> -scores[index])
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        if (lambda == 1) {
            return byScore;
        }
        int compared = Math.min(MOST_COMPARED, byScore.size());
        List<Integer> order = diverse(byScore.subList(0, compared), scores, lambda);
        order.addAll(byScore.subList(compared, byScore.size()));
        return order;
    }

    private List<Integer> diverse(List<Integer> candidates, double[] scores, double lambda) {
        List<Integer> waiting = new ArrayList<>(candidates);
        List<Set<String>> words = pieces.stream()
                .<Set<String>>map(piece -> new HashSet<>(Words.of(piece.text())))
                .toList();
        double[] likeness = new double[scores.length];
        List<Integer> order = new ArrayList<>();
        while (!waiting.isEmpty()) {
            int best = waiting.stream()
                    .max(Comparator.comparingDouble(
                                    (Integer index) -> lambda * scores[index] - (1 - lambda) * likeness[index])
                            .thenComparing(Comparator.reverseOrder()))
                    .orElseThrow();
            waiting.remove(Integer.valueOf(best));
            order.add(best);
            for (int other : waiting) {
                likeness[other] = Math.max(likeness[other], Overlap.jaccard(words.get(other), words.get(best)));
            }
        }
        return order;
    }
}
