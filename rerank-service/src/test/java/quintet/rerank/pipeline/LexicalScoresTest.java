package quintet.rerank.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LexicalScoresTest {
    @Test
    void scoresAsTheFormulaDoes() {
        // "b" is in one of two texts: rarity ln(1 + 1.5 / 1.5); lengths 2 and 4, mean 3, k1 1.2, b 0.75.
        double norm = 1.2 * (0.25 + 0.75 * 4 / 3);
        assertThat(LexicalScores.of("b", List.of("a c", "a b b c")))
                .containsExactly(new double[] {0, Math.log(2) * 2 * 2.2 / (2 + norm)}, within(1e-9));
    }

    @Test
    void weighsRareWordsMore() {
        double[] scores = LexicalScores.of("the gym", List.of("the plan", "a gym", "the house", "the car"));
        assertThat(scores[1]).isGreaterThan(scores[0]).isGreaterThan(scores[2]);
    }

    @Test
    void givesNothingForTextsAndQueriesWithoutWords() {
        assertThat(LexicalScores.of("?", List.of("a", "…"))).containsExactly(0, 0);
    }

    @Test
    void readsWordsOfAnyScriptInLowerCaseAndCutsThem() {
        assertThat(Words.of("Reimbursements: $1,000 für Müller’s 😀 計画"))
                .containsExactly("reimbu", "1", "000", "für", "müller", "s", "計画");
    }
}
