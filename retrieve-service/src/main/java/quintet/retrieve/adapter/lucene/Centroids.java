package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/**
 * Centroids of some components of vectors, by Lloyd's k-means. They are kept by component, {@code [width, count]}, so that all
 * of them are compared with in one loop that the compiler makes SIMD of.
 */
final class Centroids {
    private static final int ITERATIONS = 8;

    private final int first;
    private final float[][] components;

    private Centroids(int first, int width, int count) {
        this.first = first;
        components = new float[width][count];
    }

    /**
     * Trains centroids.
     *
     * @param sample at least {@code count} vectors
     * @param first component that they begin with
     * @param width number of components
     */
    static Centroids train(Random random, float[][] sample, int first, int width, int count) {
        Centroids centroids = new Centroids(first, width, count);
        int[] chosen = random.ints(0, sample.length).distinct().limit(count).toArray();
        for (int centroid = 0; centroid < count; centroid++) {
            centroids.set(centroid, sample[chosen[centroid]]);
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            centroids.improve(random, sample);
        }
        return centroids;
    }

    private void improve(Random random, float[][] sample) {
        double[][] sums = new double[components.length][count()];
        int[] sizes = new int[count()];
        float[] distances = new float[count()];
        for (float[] vector : sample) {
            int nearest = nearest(vector, distances);
            sizes[nearest]++;
            for (int i = 0; i < components.length; i++) {
                sums[i][nearest] += vector[first + i];
            }
        }
        for (int centroid = 0; centroid < count(); centroid++) {
            if (sizes[centroid] == 0) {
                set(centroid, sample[random.nextInt(sample.length)]);
            } else {
                for (int i = 0; i < components.length; i++) {
                    components[i][centroid] = (float) (sums[i][centroid] / sizes[centroid]);
                }
            }
        }
    }

    private void set(int centroid, float[] vector) {
        for (int i = 0; i < components.length; i++) {
            components[i][centroid] = vector[first + i];
        }
    }

    static Centroids read(IndexInput in, int first, int width, int count) throws IOException {
        Centroids centroids = new Centroids(first, width, count);
        for (float[] component : centroids.components) {
            in.readFloats(component, 0, count);
        }
        return centroids;
    }

    void write(IndexOutput out) throws IOException {
        for (float[] component : components) {
            Numbers.write(component, out);
        }
    }

    int count() {
        return components[0].length;
    }

    /** Writes the squared Euclidean distance of a vector to each centroid into {@code distances}. */
    void distances(float[] vector, float[] distances) {
        java.util.Arrays.fill(distances, 0);
        for (int i = 0; i < components.length; i++) {
            float value = vector[first + i];
            float[] component = components[i];
            for (int centroid = 0; centroid < component.length; centroid++) {
                float difference = value - component[centroid];
                distances[centroid] += difference * difference;
            }
        }
    }

    /** Writes the dot product of a vector with each centroid to {@code products}, from {@code at} on. */
    void products(float[] vector, float[] products, int at) {
        for (int i = 0; i < components.length; i++) {
            float value = vector[first + i];
            float[] component = components[i];
            for (int centroid = 0; centroid < component.length; centroid++) {
                products[at + centroid] += value * component[centroid];
            }
        }
    }

    /**
     * Returns the centroid nearest to a vector.
     *
     * @param distances is overwritten, of length {@link #count}
     */
    int nearest(float[] vector, float[] distances) {
        distances(vector, distances);
        int nearest = 0;
        for (int centroid = 1; centroid < distances.length; centroid++) {
            if (distances[centroid] < distances[nearest]) {
                nearest = centroid;
            }
        }
        return nearest;
    }

    /** Subtracts a centroid from a vector. */
    void subtract(int centroid, float[] vector) {
        for (int i = 0; i < components.length; i++) {
            vector[first + i] -= components[i][centroid];
        }
    }

    /** Adds a centroid to a vector. */
    void add(int centroid, float[] vector) {
        for (int i = 0; i < components.length; i++) {
            vector[first + i] += components[i][centroid];
        }
    }
}
