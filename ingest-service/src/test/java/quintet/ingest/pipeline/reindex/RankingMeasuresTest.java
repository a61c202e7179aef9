package quintet.ingest.pipeline.reindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingMeasuresTest {
    private static final List<String> TWELVE =
            IntStream.rangeClosed(1, 12).mapToObj(i -> "d" + i).toList();

    @Test
    void ndcgWeighsGradesByRank() {
        assertThat(RankingMeasures.ndcg(List.of("a", "b"), Map.of("a", 2, "b", 1)))
                .isEqualTo(1);
        // (1 + 2 / log2(3)) / (2 + 1 / log2(3))
        assertThat(RankingMeasures.ndcg(List.of("b", "a"), Map.of("a", 2, "b", 1)))
                .isCloseTo(0.8597, within(1e-4));
        assertThat(RankingMeasures.ndcg(List.of("x"), Map.of("a", 1))).isZero();
        assertThat(RankingMeasures.ndcg(List.of(), Map.of("a", 1))).isZero();
    }

    @Test
    void onlyTheFirstTenCount() {
        assertThat(RankingMeasures.ndcg(TWELVE, Map.of("d11", 1))).isZero();
        assertThat(RankingMeasures.ndcg(TWELVE, Map.of("d10", 1))).isCloseTo(0.2891, within(1e-4));
        assertThat(RankingMeasures.overlap(TWELVE, TWELVE.reversed())).isEqualTo(0.8);
    }

    @Test
    void overlapIsAShareOfTheLongerRanking() {
        assertThat(RankingMeasures.overlap(List.of("a", "b"), List.of("b"))).isEqualTo(0.5);
        assertThat(RankingMeasures.overlap(List.of(), List.of())).isEqualTo(1);
        assertThat(RankingMeasures.overlap(List.of(), List.of("a"))).isZero();
    }
}
