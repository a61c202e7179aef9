package quintet.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NdcgTest {
    private static final Map<String, Integer> GRADES = Map.of("a", 3, "c", 2);

    @Test
    void isOneForTheIdealOrder() {
        assertThat(Ndcg.at(10, List.of("a", "c", "x"), GRADES)).isEqualTo(1);
    }

    @Test
    void discountsByTheLogarithmOfTheRank() {
        // (3/log2(3) + 2/log2(5)) / (3/log2(2) + 2/log2(3)) = 2.754142 / 4.261860
        assertThat(Ndcg.at(10, List.of("b", "a", "x", "c"), GRADES)).isCloseTo(0.646230, within(1e-6));
    }

    @Test
    void countsTheFirstRanksOnly() {
        // 1.892789 / 4.261860
        assertThat(Ndcg.at(2, List.of("b", "a", "x", "c"), GRADES)).isCloseTo(0.444123, within(1e-6));
    }

    @Test
    void takesTheIdealOfAsManyRanksAsCount() {
        assertThat(Ndcg.at(1, List.of("a"), GRADES)).isEqualTo(1);
    }

    @Test
    void isZeroWithoutAnythingRelevantOrFound() {
        assertThat(Ndcg.at(10, List.of("a"), Map.of())).isZero();
        assertThat(Ndcg.at(10, List.of(), GRADES)).isZero();
    }
}
