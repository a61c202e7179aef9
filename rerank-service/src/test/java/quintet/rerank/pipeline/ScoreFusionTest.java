package quintet.rerank.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quintet.rerank.model.Candidate;

class ScoreFusionTest {
    private static final double[] RELEVANCE = {0.9, 0.2, 0.4};

    @Test
    void averagesTheScaledFirstStageAndTheRelevance() {
        assertThat(new ScoreFusion(0.25).fuse(candidates(10f, 20f, 12.5f), RELEVANCE))
                .containsExactly(new double[] {0.75 * 0.9, 0.25 + 0.75 * 0.2, 0.25 * 0.25 + 0.75 * 0.4}, within(1e-9));
    }

    @Test
    void doesNotCareForTheScaleOfTheFirstStage() {
        ScoreFusion fusion = new ScoreFusion(0.5);
        assertThat(fusion.fuse(candidates(-3f, 7f, 2f), RELEVANCE))
                .containsExactly(fusion.fuse(candidates(0.1f, 0.2f, 0.15f), RELEVANCE), within(1e-6));
    }

    @Test
    void followsTheRelevanceWhereAFirstStageScoreIsMissing() {
        assertThat(new ScoreFusion(0.5).fuse(candidates(1f, null, 3f), RELEVANCE))
                .containsExactly(RELEVANCE);
    }

    @Test
    void givesCandidatesThatTheFirstStageFindsAlikeTheSameShare() {
        assertThat(new ScoreFusion(0.5).fuse(candidates(2f, 2f, 2f), RELEVANCE))
                .containsExactly(new double[] {0.7, 0.35, 0.45}, within(1e-9));
    }

    private static List<Candidate> candidates(Float... scores) {
        List<Candidate> candidates = new ArrayList<>();
        for (Float score : scores) {
            candidates.add(new Candidate("text", Optional.ofNullable(score)));
        }
        return candidates;
    }
}
