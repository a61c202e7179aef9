package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.VectorUtil;
import org.apache.lucene.util.hnsw.NeighborQueue;
import quintet.retrieve.model.IndexKind;

/**
 * Inverted lists of product-quantized vectors. A vector {@code x} is approximated by the centroid of its list and the code of
 * the rest; its dot product with a query is that of the centroid plus a number a byte of the code, from one table for all
 * lists. Euclidean distance orders like {@code x·q - x·x / 2}, so half the square is kept beside the code.
 *
 * <p>Centroids are in memory, lists are read where they lie. If a filter leaves one vector of ten, a search looks into ten
 * times as many lists.
 */
final class InvertedLists implements Narrowing {
    /** Codes that are read at a time. */
    private static final int BLOCK = 256;

    private final IndexInput in;
    private final VectorSimilarityFunction similarity;
    private final int size;
    private final int subspaces;
    private final Centroids coarse;
    private final float[] squares;
    private final ProductQuantizer quantizer;
    private final int[] starts;
    private final long ordinals;

    private InvertedLists(IndexInput in, int dimension, VectorSimilarityFunction similarity) throws IOException {
        this.in = in;
        this.similarity = similarity;
        size = in.readInt();
        subspaces = in.readInt();
        int lists = in.readInt();
        coarse = Centroids.read(in, 0, dimension, lists);
        squares = new float[lists];
        coarse.distances(new float[dimension], squares);
        quantizer = ProductQuantizer.read(in, subspaces, dimension);
        starts = new int[lists + 1];
        in.readInts(starts, 0, starts.length);
        ordinals = in.getFilePointer();
    }

    static Narrowing open(IndexInput in, int dimension, VectorSimilarityFunction similarity) throws IOException {
        return new InvertedLists(in, dimension, similarity);
    }

    private double probes(SearchKnobs knobs) {
        return Math.min(knobs.kind(ProductQuantizationFormat.DEFAULT).probes(), coarse.count());
    }

    private static int rescored(SearchKnobs knobs, int least) {
        IndexKind.ProductQuantization kind = knobs.kind(ProductQuantizationFormat.DEFAULT);
        return (int) Math.max(least, Math.min(Integer.MAX_VALUE / 2, (long) knobs.k() * kind.rescore()));
    }

    @Override
    public int cost(SearchKnobs knobs, Accepted accepted) {
        return (int) Math.min(size, probes(knobs) * size / coarse.count() + rescored(knobs, 0));
    }

    @Override
    public Ordinals candidates(float[] query, SearchKnobs knobs, Accepted accepted, int least) throws IOException {
        int rescored = Math.min(rescored(knobs, least), size);
        double wanted = probes(knobs) * accepted.total() / accepted.count();
        Search search = new Search(Scale.of(query, similarity), accepted, rescored);
        for (int list = 0; (list < wanted || search.scanned < least) && search.lists.size() > 0; list++) {
            search.scan(search.lists.pop());
        }
        Ordinals found = new Ordinals(search.best.size());
        for (int i = search.best.size(); i > 0; i--) {
            found.add(search.best.pop());
        }
        return found;
    }

    private final class Search {
        private final Accepted accepted;
        private final float square;
        private final float[] distances = new float[coarse.count()];
        private final float[] table;
        private final NeighborQueue lists = new NeighborQueue(coarse.count(), false);
        private final NeighborQueue best;
        private final IndexInput file = in.clone();
        private final int[] ordinal = new int[BLOCK];
        private final float[] bias = new float[BLOCK];
        private final byte[] codes = new byte[BLOCK * subspaces];
        private int scanned;

        Search(float[] query, Accepted accepted, int rescored) {
            this.accepted = accepted;
            square = VectorUtil.dotProduct(query, query);
            coarse.distances(query, distances);
            for (int list = 0; list < distances.length; list++) {
                lists.add(list, distances[list]);
            }
            table = quantizer.products(query);
            best = new NeighborQueue(rescored, false);
        }

        void scan(int list) throws IOException {
            float product = (square + squares[list] - distances[list]) / 2;
            for (int from = starts[list]; from < starts[list + 1]; from += BLOCK) {
                scan(from, Math.min(BLOCK, starts[list + 1] - from), product);
            }
        }

        private void scan(int from, int count, float product) throws IOException {
            read(from, count);
            for (int i = 0; i < count; i++) {
                if (accepted.contains(ordinal[i])) {
                    float rest = ProductQuantizer.product(table, codes, i * subspaces, subspaces);
                    var _ = best.insertWithOverflow(ordinal[i], product + rest - bias[i]);
                    scanned++;
                }
            }
        }

        private void read(int from, int count) throws IOException {
            long behindOrdinals = ordinals + (long) size * Integer.BYTES;
            file.seek(ordinals + (long) from * Integer.BYTES);
            file.readInts(ordinal, 0, count);
            file.seek(behindOrdinals + (long) from * subspaces);
            file.readBytes(codes, 0, count * subspaces);
            file.seek(behindOrdinals + (long) size * subspaces + (long) from * Float.BYTES);
            file.readFloats(bias, 0, count);
        }
    }
}
