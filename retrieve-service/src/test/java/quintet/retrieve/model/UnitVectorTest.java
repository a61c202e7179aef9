package quintet.retrieve.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitVectorTest {
    private static UnitVector random(Random random, int dimension) {
        float[] values = new float[dimension];
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            values[i] = (float) random.nextGaussian();
            squares += values[i] * values[i];
        }
        for (int i = 0; i < dimension; i++) {
            values[i] /= (float) Math.sqrt(squares);
        }
        return new UnitVector(values);
    }

    @Test
    void theCosineIsTheDotProduct() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int dimension = 1; dimension < 70; dimension++) {
            float[] a = random(random, dimension).toArray();
            float[] b = random(random, dimension).toArray();
            double expected = 0;
            for (int i = 0; i < dimension; i++) {
                expected += (double) a[i] * b[i];
            }
            assertThat(new UnitVector(a).cosine(new UnitVector(b))).isCloseTo(expected, within(1e-6));
        }
    }

    @Test
    void theCosineIsAtMostOne() {
        UnitVector long1 = new UnitVector(0.6f, 0.8049f);
        assertThat(long1.cosine(long1)).isEqualTo(1);
    }

    @Test
    void vectorsOfDifferentDimensionsAreNotCompared() {
        assertThatThrownBy(() -> new UnitVector(1, 0).cosine(new UnitVector(1, 0, 0)))
                .hasMessage("a vector has 3 values, must have 2");
    }
}
