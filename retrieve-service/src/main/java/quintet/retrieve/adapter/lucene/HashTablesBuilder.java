package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.IndexOutput;

/**
 * Writes {@link HashTables}. Takes {@code 8} bytes a vector of memory. The same vectors give the same tables.
 *
 * @param tables number of tables
 * @param bits hyperplanes of a table, at most
 */
record HashTablesBuilder(int tables, int bits) implements Narrowing.Builder {
    private static final long SEED = 20_070_923;

    /** Vectors of a bucket, on average at least: emptier ones cost a look each and hold nothing. */
    private static final int BUCKET_SIZE = 16;

    @Override
    public void build(FloatVectorValues vectors, VectorSimilarityFunction similarity, IndexOutput out)
            throws IOException {
        int used = Math.min(bits, 31 - Integer.numberOfLeadingZeros(Math.max(2, vectors.size() / BUCKET_SIZE)));
        out.writeInt(vectors.size());
        out.writeInt(tables);
        out.writeInt(used);
        float[] mean = mean(vectors, similarity);
        Random random = new Random(SEED);
        int[] buckets = new int[vectors.size()];
        for (int table = 0; table < tables; table++) {
            Hyperplanes planes = Hyperplanes.random(random, used, mean);
            for (int ordinal = 0; ordinal < buckets.length; ordinal++) {
                buckets[ordinal] = planes.bucket(Scale.of(vectors.vectorValue(ordinal), similarity));
            }
            Groups groups = new Groups(buckets, 1 << used);
            planes.write(out);
            Numbers.write(groups.starts, out);
            Numbers.write(groups.ordinals, out);
        }
    }

    private static float[] mean(FloatVectorValues vectors, VectorSimilarityFunction similarity) throws IOException {
        double[] sum = new double[vectors.dimension()];
        for (int ordinal = 0; ordinal < vectors.size(); ordinal++) {
            float[] vector = Scale.of(vectors.vectorValue(ordinal), similarity);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / vectors.size());
        }
        return mean;
    }
}
