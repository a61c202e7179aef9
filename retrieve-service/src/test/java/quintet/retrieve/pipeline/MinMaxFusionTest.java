package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.retrieve.model.Candidate;

class MinMaxFusionTest {
    private static ScorePair pair(String chunkId, double dense, double lexical) {
        return new ScorePair(new Candidate(chunkId, 0, dense), dense, lexical);
    }

    @Test
    void weighsScoresThatAreScaledOverTheUnion() {
        List<FusedCandidate> fused =
                new MinMaxFusion(0.6).fuse(List.of(pair("a", 0.8, 0.0), pair("b", 0.6, 10.0), pair("c", 0.4, 5.0)));
        assertThat(fused).extracting(f -> f.scores().candidate().chunkId()).containsExactly("b", "a", "c");
        assertThat(fused.get(0).score()).isCloseTo(0.6 * 0.5 + 0.4 * 1.0, within(1e-12));
        assertThat(fused.get(1).score()).isCloseTo(0.6 * 1.0 + 0.4 * 0.0, within(1e-12));
        assertThat(fused.get(2).score()).isCloseTo(0.6 * 0.0 + 0.4 * 0.5, within(1e-12));
    }

    @Test
    void equalScoresCountAlike() {
        assertThat(new MinMaxFusion(0.6).fuse(List.of(pair("a", 0.5, 0.0), pair("b", 0.5, 0.0))))
                .extracting(FusedCandidate::score)
                .containsExactly(0.6, 0.6);
    }

    @Test
    void fusesNothingToNothing() {
        assertThat(new MinMaxFusion(0.6).fuse(List.of())).isEmpty();
    }

    @Test
    void staysBetweenZeroAndOneAndKeepsTheOrderOfAnyInput() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<ScorePair> union = IntStream.range(0, 1 + random.nextInt(50))
                    .mapToObj(i -> pair("c" + i, random.nextDouble() * 2 - 1, random.nextInt(5)))
                    .toList();
            MinMaxFusion fusion = new MinMaxFusion(random.nextDouble());
            List<FusedCandidate> fused = fusion.fuse(union);
            assertThat(fused).isSortedAccordingTo(FusedCandidate.BEST_FIRST).hasSameSizeAs(union);
            assertThat(fused).allSatisfy(f -> assertThat(f.score()).isBetween(0.0, 1.0 + 1e-12));
            assertThat(fusion.fuse(union.reversed())).isEqualTo(fused);
        }
    }
}
