package quintet.encoder.words;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import quintet.encoder.model.ModelException;

/**
 * The direction, {@code [dimension]} and of unit length, that the vectors of all texts share and that says nothing about any of
 * them: their first singular vector, which is taken out of each (Arora, Liang and Ma 2017, algorithm 1).
 */
public final class CommonComponent {
    private static final int MAX_ROUNDS = 1_000;
    /** Enough that another round changes no vector's float by more than rounding does. */
    private static final double CONVERGED = 1e-14;

    private final double[] direction;

    private CommonComponent(double[] direction) {
        this.direction = direction;
    }

    /**
     * Finds the direction by power iteration on the vectors' second moments, {@code [dimension, dimension]}. No chance is in it:
     * the same vectors always give the same.
     *
     * @param vectors {@code [texts, dimension]}, not all zero
     */
    static CommonComponent of(double[][] vectors) {
        int dimension = vectors[0].length;
        double[][] moments = new double[dimension][dimension];
        for (double[] vector : vectors) {
            for (int i = 0; i < dimension; i++) {
                addScaled(moments[i], vector, vector[i]);
            }
        }
        double[] direction = start(moments);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            double[] next = new double[dimension];
            for (int i = 0; i < dimension; i++) {
                next[i] = dot(moments[i], direction);
            }
            next = unit(next);
            double cosine = dot(next, direction);
            direction = next;
            if (1 - cosine < CONVERGED) {
                break;
            }
        }
        return new CommonComponent(direction);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws ModelException if the file can not be read or is not a direction of {@code dimension} values
     */
    public static CommonComponent read(Path file, int dimension) {
        try {
            double[] direction = Arrays.stream(Files.readString(file).strip().split("\\s+"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            double length = Math.sqrt(dot(direction, direction));
            if (direction.length != dimension || !(Math.abs(length - 1) < 1e-6)) {
                throw new ModelException("%s has %d values and length %s, must have %d values and length 1"
                        .formatted(file, direction.length, length, dimension));
            }
            return new CommonComponent(direction);
        } catch (IOException e) {
            throw new ModelException("could not read %s (%s)".formatted(file, e), e);
        } catch (NumberFormatException e) {
            throw new ModelException("%s must hold %d numbers (%s)".formatted(file, dimension, e.getMessage()), e);
        }
    }

    /** Writes the direction as decimal numbers that give the same bits when they are read. */
    public void write(Path file) throws IOException {
        var _ = Files.writeString(
                file,
                Arrays.stream(direction).mapToObj(Double::toString).collect(Collectors.joining(" ", "", "\n")),
                StandardCharsets.UTF_8);
    }

    int dimension() {
        return direction.length;
    }

    /** Takes the direction out of a vector, in place. */
    void removeFrom(double[] vector) {
        addScaled(vector, direction, -dot(direction, vector));
    }

    /** The row of the moments with the most of them: it is not orthogonal to the first component but by accident. */
    private static double[] start(double[][] moments) {
        int most = 0;
        for (int i = 1; i < moments.length; i++) {
            if (moments[i][i] > moments[most][most]) {
                most = i;
            }
        }
        return unit(moments[most].clone());
    }

    private static void addScaled(double[] sum, double[] vector, double scale) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += scale * vector[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] unit(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }
}
