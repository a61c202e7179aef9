package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.VectorUtil;

/**
 * Writes {@link InvertedLists}. Takes 12 bytes a vector of memory, and a sample of {@value #SAMPLE} vectors. The same vectors
 * give the same lists.
 *
 * @param subspaces bytes of a code, at most
 * @param lists number of lists, or 0 for the square root of the number of vectors
 */
record InvertedListsBuilder(int subspaces, int lists) implements Narrowing.Builder {
    private static final long SEED = 20_110_101;
    private static final int SAMPLE = 16_384;

    /** Vectors of a list, on average at least. */
    private static final int LIST_SIZE = 8;

    @Override
    public void build(FloatVectorValues vectors, VectorSimilarityFunction similarity, IndexOutput out)
            throws IOException {
        int size = vectors.size();
        int used = Math.min(subspaces, vectors.dimension());
        Random random = new Random(SEED);
        float[][] sample = sample(vectors, similarity);
        Centroids coarse = Centroids.train(random, sample, 0, vectors.dimension(), lists(size, sample.length));
        float[] distances = new float[coarse.count()];
        int[] listOf = new int[size];
        for (int ordinal = 0; ordinal < size; ordinal++) {
            listOf[ordinal] = coarse.nearest(Scale.of(vectors.vectorValue(ordinal), similarity), distances);
        }
        for (float[] vector : sample) {
            coarse.subtract(coarse.nearest(vector, distances), vector);
        }
        ProductQuantizer quantizer = ProductQuantizer.train(random, sample, used);
        Groups groups = new Groups(listOf, coarse.count());

        out.writeInt(size);
        out.writeInt(used);
        out.writeInt(coarse.count());
        coarse.write(out);
        quantizer.write(out);
        Numbers.write(groups.starts, out);
        Numbers.write(groups.ordinals, out);
        float[] biases = new float[size];
        byte[] code = new byte[used];
        float[] decoded = new float[vectors.dimension()];
        float[] scratch = new float[ProductQuantizer.CENTROIDS];
        for (int i = 0; i < size; i++) {
            int ordinal = groups.ordinals[i];
            float[] rest = Scale.of(vectors.vectorValue(ordinal), similarity).clone();
            coarse.subtract(listOf[ordinal], rest);
            quantizer.encode(rest, code, scratch);
            out.writeBytes(code, 0, used);
            if (similarity == VectorSimilarityFunction.EUCLIDEAN) {
                quantizer.decode(code, decoded);
                coarse.add(listOf[ordinal], decoded);
                biases[i] = VectorUtil.dotProduct(decoded, decoded) / 2;
            }
        }
        Numbers.write(biases, out);
    }

    private int lists(int vectors, int sampled) {
        int wanted = lists == 0 ? (int) Math.sqrt(vectors) : lists;
        return Math.max(1, Math.min(wanted, sampled / LIST_SIZE));
    }

    /** Returns copies of vectors at even distances. */
    private static float[][] sample(FloatVectorValues vectors, VectorSimilarityFunction similarity) throws IOException {
        float[][] sample = new float[Math.min(vectors.size(), SAMPLE)][];
        for (int i = 0; i < sample.length; i++) {
            int ordinal = (int) ((long) i * vectors.size() / sample.length);
            sample[i] = Scale.of(vectors.vectorValue(ordinal), similarity).clone();
        }
        return sample;
    }
}
