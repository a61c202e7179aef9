package quintet.encoder.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.encoder.model.ModelException;

class CommonComponentTest {
    private static final Offset<Double> ROUNDING = within(1e-6);

    @TempDir
    private Path folder;

    @Test
    void takesOutTheDirectionThatAllShare() {
        // The moments are [[5.01, 4.99], [4.99, 5.01]]: eigenvalue 10 along (1, 1), 0.02 across.
        CommonComponent common = CommonComponent.of(new double[][] {{1, 1}, {2, 2}, {0.1, -0.1}});
        assertThat(without(common, 1, 0)).containsExactly(new double[] {0.5, -0.5}, ROUNDING);
        assertThat(without(common, 3, 3)).containsExactly(new double[] {0, 0}, ROUNDING);
        assertThat(without(common, 2, -2)).containsExactly(new double[] {2, -2}, ROUNDING);
    }

    @Test
    void findsADirectionHiddenInNoise() {
        Random random = new Random(7);
        double[][] vectors = new double[500][20];
        for (double[] vector : vectors) {
            double strength = 3 * random.nextGaussian();
            for (int i = 0; i < vector.length; i++) {
                vector[i] = random.nextGaussian() + (i % 2 == 0 ? strength : -strength);
            }
        }
        double[] hidden = new double[20];
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = i % 2 == 0 ? 1 : -1;
        }
        assertThat(without(CommonComponent.of(vectors), hidden))
                .satisfies(rest -> assertThat(length(rest)).isLessThan(0.05 * length(hidden)));
    }

    @Test
    void givesTheSameBitsOnceWrittenAndRead() throws IOException {
        CommonComponent common = CommonComponent.of(new double[][] {{0.3, 0.1, 7e-9}, {0.2, -0.4, 1e-3}});
        Path file = folder.resolve("common.txt");
        common.write(file);
        assertThat(without(CommonComponent.read(file, 3), 1, 2, 3)).containsExactly(without(common, 1, 2, 3));
    }

    @Test
    void refusesAFileThatIsNoDirection() {
        assertThatThrownBy(() -> read("0.6 0.8", 3))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has 2 values and length 1.0, must have 3 values and length 1");
        assertThatThrownBy(() -> read("0.6 0.7", 2)).hasMessageContaining("must have 2 values and length 1");
        assertThatThrownBy(() -> read("NaN 0.7", 2)).hasMessageContaining("must have 2 values and length 1");
        assertThatThrownBy(() -> read("0.6 west", 2))
                .hasMessageContaining("must hold 2 numbers")
                .hasMessageContaining("west");
        assertThatThrownBy(() -> CommonComponent.read(folder.resolve("absent"), 2))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("absent");
    }

    private CommonComponent read(String content, int dimension) throws IOException {
        return CommonComponent.read(Files.writeString(folder.resolve("common.txt"), content), dimension);
    }

    private static double[] without(CommonComponent common, double... vector) {
        double[] rest = vector.clone();
        common.removeFrom(rest);
        return rest;
    }

    private static double length(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }
}
