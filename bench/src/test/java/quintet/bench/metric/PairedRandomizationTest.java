package quintet.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedRandomizationTest {
    private static final long SEED = 7;

    @Test
    void isTheShareOfSignsThatMakeADifferenceAsLarge() {
        // Of 32 ways to set five signs, two make a sum of 5 or -5.
        assertThat(PairedRandomization.p(List.of(Collections.nCopies(5, 1.0)), SEED))
                .isCloseTo(2 / 32.0, within(0.01));
        // 12 of 32 are sums of 3 or more, either way.
        assertThat(PairedRandomization.p(List.of(List.of(1.0, 1.0, 1.0, 1.0, -1.0)), SEED))
                .isCloseTo(12 / 32.0, within(0.02));
    }

    @Test
    void noDifferenceIsChance() {
        assertThat(PairedRandomization.p(List.of(List.of(0.0, 0.0, 0.0)), SEED)).isEqualTo(1);
        assertThat(PairedRandomization.p(List.of(List.of(0.5, -0.5)), SEED)).isEqualTo(1);
    }

    @Test
    void aGroupCountsTheSameWhateverItsSize() {
        List<Double> many = Collections.nCopies(100, 0.1);
        List<Double> few = List.of(-0.1);
        // The observed mean of means is 0: nothing is more likely by chance.
        assertThat(PairedRandomization.p(List.of(many, few), SEED)).isEqualTo(1);
        assertThat(PairedRandomization.p(List.of(many), SEED)).isLessThan(0.001);
    }
}
