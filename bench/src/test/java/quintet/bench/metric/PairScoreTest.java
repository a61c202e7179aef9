package quintet.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PairScoreTest {
    @Test
    void countsPairsInEitherOrder() {
        PairScore score = PairScore.of(
                Set.of(Set.of("b", "a"), Set.of("c", "d"), Set.of("e", "f")),
                Set.of(Set.of("a", "b"), Set.of("x", "y")));
        assertThat(score.precision()).isEqualTo(1.0 / 3);
        assertThat(score.recall()).isEqualTo(1.0 / 2);
    }

    @Test
    void findingNothingIsPreciseButNotMore() {
        PairScore score = PairScore.of(Set.of(), Set.of(Set.of("a", "b")));
        assertThat(score.precision()).isEqualTo(1);
        assertThat(score.recall()).isZero();
    }
}
