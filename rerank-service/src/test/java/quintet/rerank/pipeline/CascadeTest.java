package quintet.rerank.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quintet.rerank.model.Candidate;

class CascadeTest {
    private static final Cascade.Rule CERTAIN = new Cascade.Rule(2, 0);

    @Test
    void scoresInTheOrderOfTheCheapScoresFirstTheTopAndThenInWaves() {
        Cascade cascade = cascade(3, CERTAIN, 1f, 7f, 3f, 9f, 5f, 2f, 4f);
        assertThat(cascade.nextWave()).containsExactly(3, 1, 4);
        score(cascade, 0.5, 0.5, 0.5);
        assertThat(cascade.nextWave()).containsExactly(6, 2);
        score(cascade, 0.5, 0.5);
        assertThat(cascade.nextWave()).containsExactly(5, 0);
    }

    @Test
    void scoresEverythingAtOnceWhereEverythingIsAskedFor() {
        assertThat(cascade(4, CERTAIN, 4f, 3f, 2f, 1f).nextWave()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void isCertainOnceNotEvenFullRelevanceLiftsTheNextOneIntoTheTop() {
        // Scaled: 1, 0.9, 0.5, 0; the next one reaches 0.5 * 0.5 + 0.5 * 1 = 0.75 at most.
        Cascade below = cascade(2, CERTAIN, 10f, 9f, 5f, 0f);
        score(below, 1, 0.5);
        assertThat(below.isSettled()).isFalse();
        Cascade above = cascade(2, CERTAIN, 10f, 9f, 5f, 0f);
        score(above, 1, 0.7);
        assertThat(above.isSettled()).isTrue();
    }

    @Test
    void takesTheLastRelevancesForTheMostThatComes() {
        // Scaled: 1, 0.8, 0.6, 0.4, 0.2, 0. The second best has 0.45, and the fourth one reaches that from a relevance
        // of 0.5 on.
        assertThat(settledAfter(2, new Cascade.Rule(1, 2), 0.9, 0.1, 0.1)).isTrue();
        assertThat(settledAfter(2, new Cascade.Rule(1, 4), 0.9, 0.1, 0.1)).isFalse();
        assertThat(settledAfter(2, new Cascade.Rule(1, 0), 0.9, 0.1, 0.1)).isFalse();
    }

    @Test
    void forgetsRelevancesThatLieFurtherBack() {
        assertThat(settledAfter(2, new Cascade.Rule(1, 2), 0.9, 0.1, 0.1)).isTrue();
        assertThat(settledAfter(2, new Cascade.Rule(1, 3), 0.9, 0.1, 0.1)).isFalse();
    }

    @Test
    void isSettledWhenAllAreScored() {
        Cascade cascade = cascade(1, CERTAIN, 2f, 2f);
        score(cascade, 0.1, 0.1);
        assertThat(cascade.isSettled()).isTrue();
        assertThat(cascade.nextWave()).isEmpty();
    }

    @Test
    void neverStopsWithFewerThanAskedFor() {
        Cascade cascade = cascade(3, new Cascade.Rule(1, 1), 9f, 8f, 7f, 0f);
        score(cascade, 1, 0);
        assertThat(cascade.isSettled()).isFalse();
    }

    private static boolean settledAfter(int topN, Cascade.Rule rule, double... relevance) {
        Cascade cascade = cascade(topN, rule, 10f, 8f, 6f, 4f, 2f, 0f);
        score(cascade, relevance);
        return cascade.isSettled();
    }

    private static void score(Cascade cascade, double... relevance) {
        for (double value : relevance) {
            cascade.add(value);
        }
    }

    private static Cascade cascade(int topN, Cascade.Rule rule, Float... scores) {
        List<Candidate> candidates = new ArrayList<>();
        for (Float score : scores) {
            candidates.add(new Candidate("text", Optional.of(score)));
        }
        return new Cascade(ScoreFusion.of("query", candidates, 0.5), topN, rule);
    }
}
