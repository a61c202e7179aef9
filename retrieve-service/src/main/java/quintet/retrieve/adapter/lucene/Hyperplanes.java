package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.VectorUtil;

/**
 * The random hyperplanes of one hash table, through the mean of the vectors. Their normals are orthogonal to each other as far
 * as the dimension allows, which hashes angles with less variance (Ji et al.: Super-bit locality-sensitive hashing, 2012).
 */
final class Hyperplanes {
    private final float[][] normals;
    private final float[] offsets;

    private Hyperplanes(int bits, int dimension) {
        normals = new float[bits][dimension];
        offsets = new float[bits];
    }

    static Hyperplanes random(Random random, int bits, float[] mean) {
        Hyperplanes planes = new Hyperplanes(bits, mean.length);
        for (int bit = 0; bit < bits; bit++) {
            float[] normal = planes.normals[bit];
            for (int i = 0; i < normal.length; i++) {
                normal[i] = (float) random.nextGaussian();
            }
            for (int other = bit - bit % mean.length; other < bit; other++) {
                subtract(normal, planes.normals[other], VectorUtil.dotProduct(normal, planes.normals[other]));
            }
            VectorUtil.l2normalize(normal);
            planes.offsets[bit] = VectorUtil.dotProduct(normal, mean);
        }
        return planes;
    }

    private static void subtract(float[] from, float[] vector, float factor) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= factor * vector[i];
        }
    }

    static Hyperplanes read(IndexInput in, int bits, int dimension) throws IOException {
        Hyperplanes planes = new Hyperplanes(bits, dimension);
        for (float[] normal : planes.normals) {
            in.readFloats(normal, 0, dimension);
        }
        in.readFloats(planes.offsets, 0, bits);
        return planes;
    }

    void write(IndexOutput out) throws IOException {
        for (float[] normal : normals) {
            Numbers.write(normal, out);
        }
        Numbers.write(offsets, out);
    }

    /** Returns the signed distance of a vector from the hyperplane of a bit. */
    float margin(float[] vector, int bit) {
        return VectorUtil.dotProduct(vector, normals[bit]) - offsets[bit];
    }

    /** Returns the bucket of a vector: one bit a hyperplane, set on its far side. */
    int bucket(float[] vector) {
        int bucket = 0;
        for (int bit = 0; bit < normals.length; bit++) {
            if (margin(vector, bit) >= 0) {
                bucket |= 1 << bit;
            }
        }
        return bucket;
    }
}
