package quintet.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBudgetTest {
    private final TokenBudget budget = new TokenBudget(100);

    @Test
    void countsEverySequenceAsTheLongest() {
        assertThat(budget.joins(3, 25, 10)).isTrue();
        assertThat(budget.joins(3, 26, 10)).isFalse();
        assertThat(budget.joins(1, 10, 50)).isTrue();
        assertThat(budget.joins(1, 10, 51)).isFalse();
    }

    @Test
    void letsNothingJoinWhereOneSequenceIsAll() {
        assertThat(TokenBudget.ONE_SEQUENCE.joins(1, 3, 3)).isFalse();
    }
}
