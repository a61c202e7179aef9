package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.StageScores;
import quintet.retrieve.pipeline.Ranking.Ranked;

class VariantFusionTest {
    private static Ranking ranking(String... ids) {
        return new Ranking(
                Arrays.stream(ids)
                        .map(id -> new Ranked(
                                new Candidate(id, id.hashCode(), 1),
                                1,
                                new StageScores(null, (double) ids.length, null)))
                        .toList(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> order(Ranking... rankings) {
        return VariantFusion.fuse(List.of(rankings)).ranked().stream()
                .map(each -> each.candidate().chunkId())
                .toList();
    }

    @Test
    void oneRankingStaysAsItIs() {
        Ranking one = ranking("b", "a");
        assertThat(VariantFusion.fuse(List.of(one))).isSameAs(one);
    }

    @Test
    void theQueryItselfCountsMoreThanAnother() {
        assertThat(order(ranking("a", "b"), ranking("c", "d"))).containsExactly("a", "b", "c", "d");
        assertThat(order(ranking("a", "b"), Ranking.nothing())).containsExactly("a", "b");
        assertThat(order(ranking("a", "b", "c"), ranking("c"))).startsWith("c");
        assertThat(order(ranking("a"), ranking("z"), ranking("y"))).containsExactly("a", "y", "z");
    }

    @Test
    void scoresAreZeroToOneAndStagesThoseOfTheFirstQuery() {
        Ranking fused = VariantFusion.fuse(List.of(ranking("a", "b"), ranking("a", "c", "d")));
        assertThat(fused.ranked().getFirst().score()).isEqualTo(1);
        assertThat(fused.ranked()).allSatisfy(each -> assertThat(each.score()).isBetween(0.0, 1.0));
        assertThat(fused.ranked().getFirst().scores().lexical()).isEqualTo(2);
    }
}
