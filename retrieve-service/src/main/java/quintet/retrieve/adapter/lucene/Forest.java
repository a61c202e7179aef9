package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.LongHeap;

/**
 * A forest of random projection trees, all searched at once, best bin first: the leaf that is next is the one that the query
 * is the least beyond the splits of. So a filter needs no more than a longer look.
 *
 * <p>Directions and splits are in memory, the leaves are read where they lie.
 */
final class Forest implements Narrowing {
    static final int MAX_DEPTH = 20;

    private static final int TREE_SHIFT = MAX_DEPTH + 1;
    private static final int NODE_MASK = (1 << TREE_SHIFT) - 1;

    private final IndexInput in;
    private final int size;
    private final int depth;
    private final Directions[] directions;
    private final float[][] splits;
    private final long[] leaves;

    private Forest(IndexInput in, int dimension) throws IOException {
        this.in = in;
        size = in.readInt();
        int trees = in.readInt();
        depth = in.readInt();
        directions = new Directions[trees];
        splits = new float[trees][1 << depth];
        leaves = new long[trees];
        for (int tree = 0; tree < trees; tree++) {
            directions[tree] = Directions.read(in, depth, dimension);
            in.readFloats(splits[tree], 0, splits[tree].length);
            leaves[tree] = in.getFilePointer();
            in.seek(in.getFilePointer() + (long) size * Integer.BYTES);
        }
    }

    static Narrowing open(IndexInput in, int dimension, VectorSimilarityFunction similarity) throws IOException {
        return new Forest(in, dimension);
    }

    /** Returns where the right half of {@code from} (inclusive) to {@code to} (exclusive) begins. */
    static int middle(int from, int to) {
        return (from + to) >>> 1;
    }

    @Override
    public int cost(SearchKnobs knobs, Accepted accepted) {
        return knobs.kind(RandomProjectionFormat.DEFAULT).candidates();
    }

    @Override
    public Ordinals candidates(float[] query, SearchKnobs knobs, Accepted accepted, int least) throws IOException {
        int wanted = Math.max(least, cost(knobs, accepted));
        Search search = new Search(query, accepted, wanted);
        while (search.found.size() < wanted && search.ahead.size() > 0) {
            search.lookIntoTheNextLeaf();
        }
        return search.found;
    }

    private final class Search {
        private final Accepted accepted;
        private final Ordinals found;
        private final FixedBitSet seen = new FixedBitSet(size);
        private final IndexInput file = in.clone();
        private final float[][] projections;
        // Squared distance beyond the splits so far, tree and node, which sort in this order as one number.
        private final LongHeap ahead = new LongHeap(256);
        private int[] leaf = new int[64];

        Search(float[] query, Accepted accepted, int wanted) {
            this.accepted = accepted;
            found = new Ordinals(wanted + leaf.length);
            projections = new float[directions.length][depth];
            for (int tree = 0; tree < directions.length; tree++) {
                for (int level = 0; level < depth; level++) {
                    projections[tree][level] = directions[tree].project(query, level);
                }
                push(0, tree, 1);
            }
        }

        private void push(float beyond, int tree, int node) {
            var _ = ahead.push(((long) Float.floatToIntBits(beyond) << 32) | ((long) tree << TREE_SHIFT) | node);
        }

        void lookIntoTheNextLeaf() throws IOException {
            long next = ahead.pop();
            float beyond = Float.intBitsToFloat((int) (next >>> 32));
            int tree = (int) next >>> TREE_SHIFT;
            int node = (int) next & NODE_MASK;
            for (int level = 31 - Integer.numberOfLeadingZeros(node); level < depth; level++) {
                float margin = projections[tree][level] - splits[tree][node];
                int right = margin >= 0 ? 1 : 0;
                push(beyond + margin * margin, tree, 2 * node + 1 - right);
                node = 2 * node + right;
            }
            read(tree, node);
        }

        private void read(int tree, int node) throws IOException {
            int from = 0;
            int to = size;
            for (int level = depth - 1; level >= 0; level--) {
                int middle = middle(from, to);
                if (((node >>> level) & 1) == 1) {
                    from = middle;
                } else {
                    to = middle;
                }
            }
            if (leaf.length < to - from) {
                leaf = new int[to - from];
            }
            file.seek(leaves[tree] + (long) from * Integer.BYTES);
            file.readInts(leaf, 0, to - from);
            for (int i = 0; i < to - from; i++) {
                if (!seen.getAndSet(leaf[i]) && accepted.contains(leaf[i])) {
                    found.add(leaf[i]);
                }
            }
        }
    }
}
