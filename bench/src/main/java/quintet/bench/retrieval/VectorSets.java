package quintet.bench.retrieval;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.VectorUtil;

/** Where the vectors come from. */
final class VectorSets {
    private static final int QUERIES = 200;
    private static final long SEED = 20_261_127;
    private static final int IMAGE_HEADER_BYTES = 16;
    private static final int IMAGE_SIZE = 784;

    private VectorSets() {}

    /** Returns 5,000 SIFT descriptors, {@code [5000, 128]}. */
    static VectorSet sift(Path folder) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("sift-dataset-5k.tsv"))) {
            List<float[]> all = new ArrayList<>(lines.map(line -> {
                        String[] columns = line.strip().split("\t", -1);
                        float[] vector = new float[128];
                        for (int i = 0; i < vector.length; i++) {
                            vector[i] = Float.parseFloat(columns[i]);
                        }
                        return vector;
                    })
                    .toList());
            return shuffled("SIFT", VectorSimilarityFunction.EUCLIDEAN, all);
        }
    }

    /** Returns 10,000 handwritten digits, {@code [10000, 784]}. */
    static VectorSet mnist(Path folder) throws IOException {
        List<float[]> all = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(
                new GZIPInputStream(Files.newInputStream(folder.resolve("mnist_t10k-images-idx3-ubyte.gz"))))) {
            in.skipNBytes(IMAGE_HEADER_BYTES);
            for (byte[] image = in.readNBytes(IMAGE_SIZE);
                    image.length == IMAGE_SIZE;
                    image = in.readNBytes(IMAGE_SIZE)) {
                float[] vector = new float[IMAGE_SIZE];
                for (int i = 0; i < IMAGE_SIZE; i++) {
                    vector[i] = image[i] & 0xFF;
                }
                all.add(vector);
            }
        }
        return shuffled("MNIST", VectorSimilarityFunction.EUCLIDEAN, all);
    }

    /** Returns embeddings of sentences, {@code [count, dimension]}, of length one. */
    static VectorSet sentences(List<float[]> embeddings) {
        return shuffled("sentences", VectorSimilarityFunction.DOT_PRODUCT, new ArrayList<>(embeddings));
    }

    /**
     * Returns vectors of length one around made-up centres, 50 each, whose axes have falling variances. Where the vectors are
     * in clusters by themselves, what clusters them has it easy: prefer {@link #sentences}.
     */
    static VectorSet madeUp(int count, int dimension) {
        Random random = new Random(SEED);
        float[][] centres = new float[Math.max(1, count / 50)][];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = gaussian(random, new float[dimension], 1);
        }
        List<float[]> all = new ArrayList<>();
        for (int i = 0; i < count + QUERIES; i++) {
            float[] vector = gaussian(random, centres[random.nextInt(centres.length)], 0.9);
            all.add(VectorUtil.l2normalize(vector));
        }
        return shuffled("made up", VectorSimilarityFunction.DOT_PRODUCT, all);
    }

    private static float[] gaussian(Random random, float[] centre, double spread) {
        float[] vector = new float[centre.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = centre[i] + (float) (random.nextGaussian() * spread / Math.sqrt(1 + i / 16.0));
        }
        return vector;
    }

    private static VectorSet shuffled(String name, VectorSimilarityFunction similarity, List<float[]> all) {
        Collections.shuffle(all, new Random(SEED));
        return new VectorSet(name, similarity, all, Math.min(QUERIES, all.size() / 10));
    }
}
