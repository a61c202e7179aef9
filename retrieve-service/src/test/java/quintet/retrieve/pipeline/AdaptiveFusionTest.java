package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.pipeline.AdaptiveFusion.Weights;

class AdaptiveFusionTest {
    private static ScorePair pair(String chunkId, double dense, double lexical) {
        return new ScorePair(new Candidate(chunkId, 0, dense), dense, lexical);
    }

    private static List<String> order(List<FusedCandidate> fused) {
        return fused.stream().map(f -> f.scores().candidate().chunkId()).toList();
    }

    private static AdaptiveFusion alone(int candidates, double bound) {
        return new AdaptiveFusion(Neighbourhood.unknown(candidates), OptionalDouble.of(bound), Weights.FITTED);
    }

    @Test
    void weighsWordsByTheShareOfTheQueryThatThePassageHas() {
        List<ScorePair> union = List.of(pair("near", 0.8, 0), pair("words", 0.6, 6));
        // Six of eight: the passage has most of the query. Six of forty: it has a few of many words.
        assertThat(order(alone(2, 8).fuse(union))).containsExactly("words", "near");
        assertThat(order(alone(2, 40).fuse(union))).containsExactly("near", "words");
    }

    @Test
    void scoresAreNotRelativeToTheOtherCandidates() {
        double unit = Weights.FITTED.temperature() * Neighbourhood.TYPICAL_SPREAD;
        double most = 1 + Weights.FITTED.lexical() * unit;
        List<FusedCandidate> fused = alone(1, 10).fuse(List.of(pair("a", 0.5, 4)));
        assertThat(fused.getFirst().score())
                .isCloseTo((0.5 + Weights.FITTED.lexical() * unit * 0.4 + 1) / (most + 1), within(1e-9));
        assertThat(alone(2, 10)
                        .fuse(List.of(pair("a", 0.5, 4), pair("b", 0.1, 0)))
                        .getFirst()
                        .score())
                .isCloseTo(fused.getFirst().score(), within(1e-9));
        assertThat(alone(1, 10).fuse(List.of(pair("a", 1, 10))).getFirst().score())
                .isCloseTo(1, within(1e-9));
        assertThat(alone(1, 10).fuse(List.of(pair("a", -1, 0))).getFirst().score())
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void aPassageIsHelpedByRelevantNeighbours() {
        // b and c are found equally good; b is like the best one.
        List<ScorePair> union = List.of(pair("a", 0.9, 5), pair("b", 0.7, 0), pair("c", 0.7, 0));
        Neighbourhood near = Neighbourhood.of(union, (i, j) -> i == j ? 1 : i + j == 1 ? 0.9 : 0.3);
        List<FusedCandidate> fused = new AdaptiveFusion(near, OptionalDouble.of(10), Weights.FITTED).fuse(union);
        assertThat(order(fused)).containsExactly("a", "b", "c");
        assertThat(fused.get(1).score()).isGreaterThan(fused.get(2).score());
    }

    @Test
    void oneListMayBeEmpty() {
        List<ScorePair> noWords = List.of(pair("a", 0.5, 0), pair("b", 0.7, 0));
        assertThat(order(alone(2, 0).fuse(noWords))).containsExactly("b", "a");
        assertThat(order(new AdaptiveFusion(Neighbourhood.unknown(2), OptionalDouble.empty(), Weights.FITTED)
                        .fuse(noWords)))
                .containsExactly("b", "a");
        List<ScorePair> noVectors = List.of(pair("a", -1, 2), pair("b", -1, 3));
        assertThat(order(alone(2, 10).fuse(noVectors))).containsExactly("b", "a");
        assertThat(alone(0, 10).fuse(List.of())).isEmpty();
    }

    @Test
    void withoutABoundTheBestPassageHasTheUsualShare() {
        List<ScorePair> union = List.of(pair("a", 0.5, 3.7), pair("b", 0.5, 1));
        AdaptiveFusion unbounded = new AdaptiveFusion(Neighbourhood.unknown(2), OptionalDouble.empty(), Weights.FITTED);
        assertThat(unbounded.fuse(union).getFirst().score())
                .isCloseTo(alone(2, 10).fuse(union).getFirst().score(), within(1e-9));
    }

    @Test
    void equalScoresAreEqualAndOrderedByChunk() {
        List<FusedCandidate> fused = alone(3, 5).fuse(List.of(pair("c", 0.5, 1), pair("a", 0.5, 1), pair("b", 0.5, 1)));
        assertThat(order(fused)).containsExactly("a", "b", "c");
        assertThat(fused)
                .extracting(FusedCandidate::score)
                .containsOnly(fused.getFirst().score());
    }

    @Test
    void staysBetweenZeroAndOneGrowsWithEachScoreAndKeepsTheOrderOfAnyInput() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int size = 1 + random.nextInt(Neighbourhood.ANCHORS);
            double[][] cosines = cosines(random, size);
            List<ScorePair> union = IntStream.range(0, size)
                    .mapToObj(i -> pair("c" + i, random.nextDouble() * 2 - 1, random.nextInt(5) * random.nextDouble()))
                    .toList();
            List<FusedCandidate> fused = fuse(union, cosines);
            assertThat(fused).isSortedAccordingTo(FusedCandidate.BEST_FIRST).hasSameSizeAs(union);
            assertThat(fused).allSatisfy(f -> assertThat(f.score()).isBetween(0.0, 1.0));

            List<Integer> shuffled =
                    new ArrayList<>(IntStream.range(0, size).boxed().toList());
            Collections.shuffle(shuffled, random);
            double[][] moved = new double[size][size];
            IntStream.range(0, size)
                    .forEach(i -> IntStream.range(0, size)
                            .forEach(j -> moved[i][j] = cosines[shuffled.get(i)][shuffled.get(j)]));
            assertThat(order(fuse(shuffled.stream().map(union::get).toList(), moved)))
                    .isEqualTo(order(fused));

            int raised = random.nextInt(size);
            ScorePair was = union.get(raised);
            List<ScorePair> higher = new ArrayList<>(union);
            higher.set(raised, pair("c" + raised, Math.min(1, was.dense() + 0.1), was.lexical() + random.nextInt(2)));
            assertThat(score(fuse(higher, cosines), "c" + raised))
                    .isGreaterThanOrEqualTo(score(fused, "c" + raised) - 1e-12);
        }
    }

    private static double[][] cosines(Random random, int size) {
        double[][] cosines = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                cosines[i][j] = i == j ? 1 : random.nextDouble();
                cosines[j][i] = cosines[i][j];
            }
        }
        return cosines;
    }

    private static List<FusedCandidate> fuse(List<ScorePair> union, double[][] cosines) {
        Neighbourhood near = Neighbourhood.of(union, (i, j) -> cosines[i][j]);
        return new AdaptiveFusion(near, OptionalDouble.of(10), Weights.FITTED).fuse(union);
    }

    private static double score(List<FusedCandidate> fused, String chunkId) {
        return fused.stream()
                .filter(f -> f.scores().candidate().chunkId().equals(chunkId))
                .findFirst()
                .orElseThrow()
                .score();
    }
}
