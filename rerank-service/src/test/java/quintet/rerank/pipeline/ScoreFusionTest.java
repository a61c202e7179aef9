package quintet.rerank.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quintet.rerank.model.Candidate;

class ScoreFusionTest {
    private static final double[] RELEVANCE = {0.9, 0.2, 0.4};

    @Test
    void averagesTheScaledFirstStageAndTheRelevance() {
        assertThat(fuse(0.25, 10f, 20f, 12.5f))
                .containsExactly(new double[] {0.75 * 0.9, 0.25 + 0.75 * 0.2, 0.25 * 0.25 + 0.75 * 0.4}, within(1e-9));
    }

    @Test
    void doesNotCareForTheScaleOfTheFirstStage() {
        assertThat(fuse(0.5, -3f, 7f, 2f)).containsExactly(fuse(0.5, 0.1f, 0.2f, 0.15f), within(1e-6));
    }

    @Test
    void followsTheRelevanceWhereAFirstStageScoreIsMissing() {
        assertThat(fuse(0.5, 1f, null, 3f)).containsExactly(RELEVANCE);
    }

    @Test
    void givesCandidatesThatTheFirstStageFindsAlikeTheSameShare() {
        assertThat(fuse(0.5, 2f, 2f, 2f)).containsExactly(new double[] {0.7, 0.35, 0.45}, within(1e-9));
    }

    @Test
    void ordersByTheFirstStageAndTiesByIndex() {
        assertThat(fusion(0.5, 1f, 3f, 2f, 3f).cheapOrder()).containsExactly(1, 3, 2, 0);
    }

    @Test
    void ordersByTheWordsOfTheQueryWhereAFirstStageScoreIsMissing() {
        List<Candidate> candidates = List.of(
                new Candidate("Nothing to see here.", Optional.of(9f)),
                new Candidate("The plan is good.", Optional.empty()),
                new Candidate("The plan reimburses what you paid.", Optional.empty()));
        ScoreFusion fusion = ScoreFusion.of("Does the plan make reimbursements?", candidates, 0.5);
        assertThat(fusion.cheapOrder()).containsExactly(2, 1, 0);
    }

    private static double[] fuse(double weight, @Nullable Float... scores) {
        ScoreFusion fusion = fusion(weight, scores);
        double[] fused = new double[RELEVANCE.length];
        for (int i = 0; i < fused.length; i++) {
            fused[i] = fusion.fused(i, RELEVANCE[i]);
        }
        return fused;
    }

    private static ScoreFusion fusion(double weight, @Nullable Float... scores) {
        List<Candidate> candidates = new ArrayList<>();
        for (Float score : scores) {
            candidates.add(new Candidate("text", Optional.ofNullable(score)));
        }
        return ScoreFusion.of("query", candidates, weight);
    }
}
