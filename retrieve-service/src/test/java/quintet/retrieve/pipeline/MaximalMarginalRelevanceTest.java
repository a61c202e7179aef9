package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.retrieve.Samples;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.Likeness;
import quintet.retrieve.model.StageScores;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.pipeline.Ranking.Ranked;

class MaximalMarginalRelevanceTest {
    private static Ranked ranked(int i, double score) {
        return new Ranked(new Candidate("c" + i, i, score), score, new StageScores(score, null, null));
    }

    private static List<Integer> order(List<UnitVector> vectors, double diversity, int count, double... scores) {
        List<Ranked> ranked = IntStream.range(0, scores.length)
                .mapToObj(i -> ranked(i, scores[i]))
                .toList();
        return MaximalMarginalRelevance.order(ranked, Likeness.of(vectors), diversity, count).stream()
                .map(each -> each.candidate().locator())
                .toList();
    }

    private static final UnitVector EAST = new UnitVector(1, 0, 0);
    private static final UnitVector NEARLY_EAST = Samples.normalised(new float[] {10, 1, 0});
    private static final UnitVector NORTH = new UnitVector(0, 1, 0);
    private static final UnitVector UP = new UnitVector(0, 0, 1);

    @Test
    void putsCopiesBehindWhatIsDifferent() {
        List<UnitVector> vectors = List.of(EAST, NEARLY_EAST, NORTH, UP);
        assertThat(order(vectors, 0.5, 4, 1.0, 0.9, 0.5, 0.4)).containsExactly(0, 2, 3, 1);
        assertThat(order(vectors, 0.1, 4, 1.0, 0.9, 0.5, 0.4)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void withoutRelevanceTakesTheLeastSimilar() {
        assertThat(order(List.of(EAST, NEARLY_EAST, NORTH), 1, 3, 3, 2, 1)).containsExactly(0, 2, 1);
    }

    @Test
    void leavesTheRestAsItWas() {
        assertThat(order(List.of(EAST, NEARLY_EAST, EAST, NORTH), 0.9, 2, 4, 3, 2, 1))
                .containsExactly(0, 3, 1, 2);
    }

    @Test
    void keepsTheOrderOfEqualOnes() {
        assertThat(order(List.of(EAST, EAST, EAST), 0.5, 3, 1, 1, 1)).containsExactly(0, 1, 2);
        assertThat(order(List.of(EAST), 0.5, 3, 1)).containsExactly(0);
        assertThat(order(List.of(), 0.5, 3)).isEmpty();
    }

    @Test
    void isTheOrderOfTheDefinition() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            int n = 2 + random.nextInt(20);
            List<UnitVector> vectors = new ArrayList<>();
            double[] scores = new double[n];
            for (int i = 0; i < n; i++) {
                float[] values = new float[8];
                for (int d = 0; d < values.length; d++) {
                    values[d] = (float) random.nextGaussian();
                }
                vectors.add(Samples.normalised(values));
                scores[i] = n - i + random.nextDouble() / 2;
            }
            double diversity = random.nextDouble();
            assertThat(order(vectors, diversity, n, scores)).isEqualTo(byDefinition(vectors, diversity, scores));
        }
    }

    private static List<Integer> byDefinition(List<UnitVector> vectors, double diversity, double[] scores) {
        int n = scores.length;
        double lowest = IntStream.range(1, n)
                .mapToDouble(i -> cosine(vectors, 0, i))
                .min()
                .orElseThrow();
        List<Integer> chosen = new ArrayList<>(List.of(0));
        while (chosen.size() < n) {
            int best = -1;
            double highest = -10;
            for (int i = 0; i < n; i++) {
                if (!chosen.contains(i)) {
                    int at = i;
                    double nearest = chosen.stream()
                            .mapToDouble(c -> cosine(vectors, c, at))
                            .max()
                            .orElseThrow();
                    double relevance = (scores[i] - scores[n - 1]) / (scores[0] - scores[n - 1]);
                    double value =
                            (1 - diversity) * relevance - diversity * Math.max(0, (nearest - lowest) / (1 - lowest));
                    if (value > highest) {
                        highest = value;
                        best = i;
                    }
                }
            }
            chosen.add(best);
        }
        return chosen;
    }

    private static double cosine(List<UnitVector> vectors, int one, int other) {
        return vectors.get(one).cosine(vectors.get(other));
    }
}
