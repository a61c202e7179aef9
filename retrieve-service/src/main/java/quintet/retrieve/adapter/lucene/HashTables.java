package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.LongHeap;
import quintet.retrieve.model.IndexKind;

/**
 * Hash tables by the sides of random hyperplanes. A search looks into the buckets of all tables in the order of how far the
 * query is from them: first its own in every table, then those behind the hyperplanes that it is nearest to (Lv et al., 2007,
 * section 4.4). If a filter leaves one vector of ten, it looks into ten times as many buckets.
 *
 * <p>Hyperplanes are in memory, buckets are read where they lie.
 */
final class HashTables implements Narrowing {
    private static final int MAX_BITS = 20;

    private final IndexInput in;
    private final VectorSimilarityFunction similarity;
    private final int size;
    private final int bits;
    private final Hyperplanes[] planes;
    private final long[] starts;

    private HashTables(IndexInput in, int dimension, VectorSimilarityFunction similarity) throws IOException {
        this.in = in;
        this.similarity = similarity;
        size = in.readInt();
        planes = new Hyperplanes[in.readInt()];
        bits = in.readInt();
        starts = new long[planes.length];
        for (int table = 0; table < planes.length; table++) {
            planes[table] = Hyperplanes.read(in, bits, dimension);
            starts[table] = in.getFilePointer();
            in.seek(ordinals(table) + (long) size * Integer.BYTES);
        }
    }

    static Narrowing open(IndexInput in, int dimension, VectorSimilarityFunction similarity) throws IOException {
        return new HashTables(in, dimension, similarity);
    }

    /** Returns where the ordinals of a table lie: behind the starts of its buckets, of which there is one more than buckets. */
    private long ordinals(int table) {
        return starts[table] + ((1L << bits) + 1) * Integer.BYTES;
    }

    private double buckets(SearchKnobs knobs) {
        IndexKind.Lsh lsh = knobs.kind(LshFormat.DEFAULT);
        return (double) planes.length * Math.min(lsh.probes(), 1 << bits);
    }

    @Override
    public int cost(SearchKnobs knobs, Accepted accepted) {
        return (int) Math.min(size, buckets(knobs) * size / (1 << bits));
    }

    @Override
    public Ordinals candidates(float[] query, SearchKnobs knobs, Accepted accepted, int least) throws IOException {
        double wanted = buckets(knobs) * accepted.total() / accepted.count();
        Search search = new Search(Scale.of(query, similarity), accepted, least);
        for (int probe = 0; (probe < wanted || search.found.size() < least) && search.ahead.size() > 0; probe++) {
            search.lookIntoTheNextBucket();
        }
        return search.found;
    }

    private final class Search {
        private final Accepted accepted;
        private final Ordinals found;
        private final FixedBitSet seen = new FixedBitSet(size);
        private final IndexInput file = in.clone();
        private final TableProbes[] probes = new TableProbes[planes.length];
        // Squared distance, table and set of hyperplanes to cross, which sort in this order as one number.
        private final LongHeap ahead = new LongHeap(256);
        private final int[] range = new int[2];
        private int[] bucket = new int[64];

        Search(float[] query, Accepted accepted, int least) {
            this.accepted = accepted;
            found = new Ordinals(4 * least);
            for (int table = 0; table < planes.length; table++) {
                probes[table] = new TableProbes(planes[table], bits, query);
                push(0, table, 0);
            }
        }

        private void push(float distance, int table, int crossed) {
            var _ = ahead.push(((long) Float.floatToIntBits(distance) << 32) | ((long) table << MAX_BITS) | crossed);
        }

        void lookIntoTheNextBucket() throws IOException {
            int next = (int) ahead.pop();
            int table = next >>> MAX_BITS;
            int crossed = next & ((1 << MAX_BITS) - 1);
            TableProbes probe = probes[table];
            // Every set of hyperplanes comes from exactly one other: its farthest moved back by one, or left out.
            int farthest = 31 - Integer.numberOfLeadingZeros(crossed);
            if (farthest + 1 < bits) {
                int farther = crossed | (1 << (farthest + 1));
                push(probe.distance(farther), table, farther);
                if (crossed != 0) {
                    int moved = farther & ~(1 << farthest);
                    push(probe.distance(moved), table, moved);
                }
            }
            read(table, probe.bucket(crossed));
        }

        private void read(int table, int number) throws IOException {
            file.seek(starts[table] + (long) number * Integer.BYTES);
            file.readInts(range, 0, 2);
            int count = range[1] - range[0];
            if (bucket.length < count) {
                bucket = new int[count];
            }
            file.seek(ordinals(table) + (long) range[0] * Integer.BYTES);
            file.readInts(bucket, 0, count);
            for (int i = 0; i < count; i++) {
                if (!seen.getAndSet(bucket[i]) && accepted.contains(bucket[i])) {
                    found.add(bucket[i]);
                }
            }
        }
    }
}
