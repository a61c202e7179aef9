package quintet.ingest.pipeline.deduplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.ingest.model.MinHashSignature;

class MinHashTest {
    private static final int PERMUTATIONS = 128;
    private static final int TRIALS = 200;

    private final long seed = Long.getLong("quintet.test.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.5, 0.8, 0.95})
    void estimatesJaccardWithinItsStandardError(double jaccard) {
        MinHash minHash = new MinHash(PERMUTATIONS);
        double bias = 0;
        double squares = 0;
        double expected = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            int union = 100 + random.nextInt(400);
            int common = (int) Math.round(jaccard * union);
            int left = common + (union - common) / 2;
            List<String> words = words(union);
            Shingles one = Shingles.of(String.join(" ", words.subList(0, left)), 1);
            Shingles other = Shingles.of(
                    String.join(" ", words.subList(left, union)) + " " + String.join(" ", words.subList(0, common)), 1);
            double truth = one.jaccard(other);
            assertThat(truth).isCloseTo((double) common / union, within(1e-9));
            double error = minHash.signature(one).estimate(minHash.signature(other)) - truth;
            bias += error / TRIALS;
            squares += error * error / TRIALS;
            expected += truth * (1 - truth) / PERMUTATIONS / TRIALS;
        }
        double standardError = Math.sqrt(expected);
        assertThat(bias).as("bias, seed %d", seed).isCloseTo(0, within(4 * standardError / Math.sqrt(TRIALS)));
        assertThat(Math.sqrt(squares)).as("error, seed %d", seed).isBetween(0.75 * standardError, 1.25 * standardError);
    }

    @Test
    void makesTheSameSignatureInEveryProcess() {
        assertThat(new MinHash(4)
                        .signature(Shingles.of("the same words for ever", 3))
                        .toArray())
                .containsExactly(885492534, 503353610, 540939870, -1467639687);
    }

    @Test
    void doesNotDependOnTheOrderOfTheText() {
        MinHash minHash = new MinHash(16);
        assertThat(minHash.signature(Shingles.of("a b c", 1))).isEqualTo(minHash.signature(Shingles.of("c a b a", 1)));
    }

    @Test
    void bandsMakeCandidatesOfLikeTextsAsTheFormulaSays() {
        MinHash minHash = new MinHash(PERMUTATIONS);
        LshBands bands = new LshBands(32, 4);
        int union = 300;
        int common = 120;
        int candidates = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            List<String> words = words(union);
            List<String> one = words.subList(0, 210);
            List<String> other = IntStream.range(0, union)
                    .filter(i -> i < common || i >= 210)
                    .mapToObj(words::get)
                    .toList();
            List<Long> buckets = bands.buckets(1, minHash.signature(Shingles.of(String.join(" ", one), 1)));
            candidates += bands.buckets(1, minHash.signature(Shingles.of(String.join(" ", other), 1))).stream()
                            .anyMatch(buckets::contains)
                    ? 1
                    : 0;
        }
        double probability = 1 - Math.pow(1 - Math.pow(0.4, 4), 32);
        double error = Math.sqrt(probability * (1 - probability) / TRIALS);
        assertThat((double) candidates / TRIALS)
                .as("share of candidates, seed %d", seed)
                .isCloseTo(probability, within(5 * error));
    }

    @Test
    void bucketsOfOtherBandsAndSeedsDiffer() {
        LshBands bands = new LshBands(8, 2);
        var signature = new MinHashSignature(new int[16]);
        assertThat(bands.buckets(1, signature)).doesNotHaveDuplicates();
        assertThat(bands.buckets(1, signature)).doesNotContainAnyElementsOf(bands.buckets(2, signature));
    }

    private List<String> words(int count) {
        return random.longs(count)
                .mapToObj(word -> Long.toString(word, 36).replace("-", "x"))
                .collect(Collectors.toList());
    }
}
