package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.VectorUtil;

/**
 * The random directions of a tree, one a level, of length one. Each is the difference of two vectors that are drawn at random,
 * so that directions in which the vectors vary much are drawn often.
 */
final class Directions {
    private final float[][] directions;

    private Directions(int depth, int dimension) {
        directions = new float[depth][dimension];
    }

    static Directions random(Random random, int depth, FloatVectorValues vectors) throws IOException {
        Directions drawn = new Directions(depth, vectors.dimension());
        for (float[] direction : drawn.directions) {
            add(direction, vectors.vectorValue(random.nextInt(vectors.size())), 1);
            add(direction, vectors.vectorValue(random.nextInt(vectors.size())), -1);
            if (VectorUtil.dotProduct(direction, direction) == 0) {
                for (int i = 0; i < direction.length; i++) {
                    direction[i] = (float) random.nextGaussian();
                }
            }
            VectorUtil.l2normalize(direction);
        }
        return drawn;
    }

    private static void add(float[] to, float[] vector, int sign) {
        for (int i = 0; i < to.length; i++) {
            to[i] += sign * vector[i];
        }
    }

    static Directions read(IndexInput in, int depth, int dimension) throws IOException {
        Directions directions = new Directions(depth, dimension);
        for (float[] direction : directions.directions) {
            in.readFloats(direction, 0, dimension);
        }
        return directions;
    }

    void write(IndexOutput out) throws IOException {
        for (float[] direction : directions) {
            Numbers.write(direction, out);
        }
    }

    /** Returns {@code [depth, vectors]}. */
    float[][] project(FloatVectorValues vectors) throws IOException {
        float[][] projections = new float[directions.length][vectors.size()];
        for (int ordinal = 0; ordinal < vectors.size(); ordinal++) {
            float[] vector = vectors.vectorValue(ordinal);
            for (int level = 0; level < directions.length; level++) {
                projections[level][ordinal] = project(vector, level);
            }
        }
        return projections;
    }

    float project(float[] vector, int level) {
        return VectorUtil.dotProduct(vector, directions[level]);
    }
}
