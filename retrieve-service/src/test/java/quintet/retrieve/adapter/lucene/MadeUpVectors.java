package quintet.retrieve.adapter.lucene;

import java.util.Random;

/** Vectors that lie in clusters, as embeddings do: a mixture of Gaussians whose axes have falling variances. */
final class MadeUpVectors {
    private MadeUpVectors() {}

    /** Returns {@code [count, dimension]}; {@code unit} makes every length one. */
    static float[][] mixture(Random random, int count, int dimension, boolean unit) {
        int clusters = Math.max(1, count / 100);
        float[][] centres = new float[clusters][dimension];
        for (float[] centre : centres) {
            fill(random, centre, new float[dimension], 1);
        }
        float[][] vectors = new float[count][dimension];
        for (float[] vector : vectors) {
            fill(random, vector, centres[random.nextInt(clusters)], 0.7f);
            if (unit) {
                normalise(vector);
            }
        }
        return vectors;
    }

    private static void fill(Random random, float[] vector, float[] centre, float spread) {
        for (int i = 0; i < vector.length; i++) {
            double falling = 1 / Math.sqrt(1 + i / 8.0);
            vector[i] = centre[i] + (float) (random.nextGaussian() * spread * falling);
        }
    }

    static void normalise(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / Math.sqrt(squares));
        }
    }
}
