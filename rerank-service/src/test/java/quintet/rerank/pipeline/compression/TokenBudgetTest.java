package quintet.rerank.pipeline.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBudgetTest {
    private static final List<Piece> PIECES =
            Pieces.of("The plan pays for a gym. The plan pays for the gym. Ask your manager. Done.");

    @Test
    void takesTheBestOnesThatFit() {
        assertThat(take(9, 1, 0.9, 0.8, 0.7, 0.6)).containsExactly(true, false, true, false);
        assertThat(take(10, 1, 0.9, 0.8, 0.7, 0.6)).containsExactly(true, false, true, true);
        assertThat(take(100, 1, 0.9, 0.8, 0.7, SentenceSelection.LEFT_OUT)).containsExactly(true, true, true, false);
        assertThat(take(0, 1, 0.9, 0.8, 0.7, 0.6)).containsOnly(false);
    }

    @Test
    void takesTheFirstOfEquals() {
        assertThat(take(6, 1, 0.5, 0.5, 0.5, 0.5)).containsExactly(true, false, false, false);
    }

    @Test
    void prefersWhatSaysSomethingElse() {
        assertThat(take(12, 1, 0.9, 0.8, 0.5, 0)).containsExactly(true, true, false, false);
        assertThat(take(12, 0.6, 0.9, 0.8, 0.5, 0)).containsExactly(true, false, true, true);
    }

    private static boolean[] take(int maxTokens, double lambda, double... scores) {
        return new TokenBudget(PIECES, maxTokens).take(scores, lambda);
    }
}
