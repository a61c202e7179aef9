package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/** The random directions of a tree, one a level, each with few components that aren't zero. */
final class SparseDirections {
    private final int[][] components;
    private final float[][] weights;

    private SparseDirections(int depth, int nonZeros) {
        components = new int[depth][nonZeros];
        weights = new float[depth][nonZeros];
    }

    static SparseDirections random(Random random, int depth, int nonZeros, int dimension) {
        SparseDirections directions = new SparseDirections(depth, nonZeros);
        for (int level = 0; level < depth; level++) {
            directions.components[level] = random.ints(0, dimension)
                    .distinct()
                    .limit(nonZeros)
                    .sorted()
                    .toArray();
            for (int i = 0; i < nonZeros; i++) {
                directions.weights[level][i] = (float) random.nextGaussian();
            }
        }
        return directions;
    }

    static SparseDirections read(IndexInput in, int depth, int nonZeros) throws IOException {
        SparseDirections directions = new SparseDirections(depth, nonZeros);
        for (int level = 0; level < depth; level++) {
            in.readInts(directions.components[level], 0, nonZeros);
            in.readFloats(directions.weights[level], 0, nonZeros);
        }
        return directions;
    }

    void write(IndexOutput out) throws IOException {
        for (int level = 0; level < components.length; level++) {
            for (int component : components[level]) {
                out.writeInt(component);
            }
            for (float weight : weights[level]) {
                out.writeInt(Float.floatToIntBits(weight));
            }
        }
    }

    /** Returns {@code [depth, vectors]}. */
    float[][] project(FloatVectorValues vectors) throws IOException {
        float[][] projections = new float[components.length][vectors.size()];
        for (int ordinal = 0; ordinal < vectors.size(); ordinal++) {
            float[] vector = vectors.vectorValue(ordinal);
            for (int level = 0; level < components.length; level++) {
                projections[level][ordinal] = project(vector, level);
            }
        }
        return projections;
    }

    float project(float[] vector, int level) {
        int[] component = components[level];
        float[] weight = weights[level];
        float sum = 0;
        for (int i = 0; i < component.length; i++) {
            sum += vector[component[i]] * weight[i];
        }
        return sum;
    }
}
