package quintet.retrieve.pipeline;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.ScoreCut;
import quintet.retrieve.pipeline.Ranking.Ranked;

/**
 * A smallest score. It is compared with the cosine similarity, which means the same for every query, and in a search of words
 * alone with the BM25 score; never with the fused one, which by rank or by min-max is relative to the other hits and highest for
 * the best of bad ones.
 *
 * @param applied whether there was a score to compare with; without the query's vector a hybrid search has none
 * @param leftOut candidates that were below
 */
record ScoreThreshold(boolean applied, int leftOut) {
    /** Leaves out what is below {@code minScore}. */
    static Ranking cut(Ranking ranking, double minScore) {
        boolean byMeaning = ranking.dense().isPresent();
        if (byMeaning && ranking.dense().get().vector().failed()) {
            return of(ranking, new ScoreThreshold(false, 0));
        }
        List<Ranked> kept = ranking.ranked().stream()
                .filter(ranked -> {
                    @Nullable
                    Double score = byMeaning
                            ? ranked.scores().dense()
                            : ranked.scores().lexical();
                    return score != null && score >= minScore;
                })
                .toList();
        return of(ranking, new ScoreThreshold(true, ranking.ranked().size() - kept.size()))
                .with(kept);
    }

    private static Ranking of(Ranking ranking, ScoreThreshold threshold) {
        return new Ranking(ranking.ranked(), ranking.dense(), ranking.lexical(), Optional.of(threshold));
    }

    /** Returns what is said about it. */
    Optional<ScoreCut> cut(List<Hit> hits) {
        return applied ? Optional.of(new ScoreCut(leftOut, hits.isEmpty())) : Optional.empty();
    }
}
