package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/** Makes one byte of each of several parts of a vector: the number of the centroid that is nearest to the part. */
final class ProductQuantizer {
    static final int CENTROIDS = 256;

    private final Centroids[] parts;

    private ProductQuantizer(int subspaces) {
        parts = new Centroids[subspaces];
    }

    /**
     * Trains a quantizer.
     *
     * @param sample at least {@value #CENTROIDS} vectors
     * @param subspaces at most their dimension
     */
    static ProductQuantizer train(Random random, float[][] sample, int subspaces) {
        ProductQuantizer quantizer = new ProductQuantizer(subspaces);
        int dimension = sample[0].length;
        for (int part = 0; part < subspaces; part++) {
            int first = first(part, subspaces, dimension);
            int width = first(part + 1, subspaces, dimension) - first;
            quantizer.parts[part] = Centroids.train(random, sample, first, width, CENTROIDS);
        }
        return quantizer;
    }

    static ProductQuantizer read(IndexInput in, int subspaces, int dimension) throws IOException {
        ProductQuantizer quantizer = new ProductQuantizer(subspaces);
        for (int part = 0; part < subspaces; part++) {
            int first = first(part, subspaces, dimension);
            int width = first(part + 1, subspaces, dimension) - first;
            quantizer.parts[part] = Centroids.read(in, first, width, CENTROIDS);
        }
        return quantizer;
    }

    private static int first(int part, int subspaces, int dimension) {
        return (int) ((long) part * dimension / subspaces);
    }

    void write(IndexOutput out) throws IOException {
        for (Centroids part : parts) {
            part.write(out);
        }
    }

    /** Writes the code of a vector; {@code scratch} has {@value #CENTROIDS} numbers. */
    void encode(float[] vector, byte[] code, float[] scratch) {
        for (int part = 0; part < parts.length; part++) {
            code[part] = (byte) parts[part].nearest(vector, scratch);
        }
    }

    /** Writes the vector that a code stands for. */
    void decode(byte[] code, float[] vector) {
        Arrays.fill(vector, 0);
        for (int part = 0; part < parts.length; part++) {
            parts[part].add(code[part] & 0xFF, vector);
        }
    }

    /** Returns the dot products of a query with all centroids: of part {@code p} from {@code p × 256} on. */
    float[] products(float[] query) {
        float[] table = new float[parts.length * CENTROIDS];
        for (int part = 0; part < parts.length; part++) {
            parts[part].products(query, table, part * CENTROIDS);
        }
        return table;
    }

    /** Returns the dot product of a query with the vector that the code at {@code at} stands for. */
    static float product(float[] table, byte[] codes, int at, int subspaces) {
        float even = 0;
        float odd = 0;
        int part = 0;
        for (; part + 1 < subspaces; part += 2) {
            even += table[part * CENTROIDS + (codes[at + part] & 0xFF)];
            odd += table[(part + 1) * CENTROIDS + (codes[at + part + 1] & 0xFF)];
        }
        return part < subspaces ? even + odd + table[part * CENTROIDS + (codes[at + part] & 0xFF)] : even + odd;
    }
}
