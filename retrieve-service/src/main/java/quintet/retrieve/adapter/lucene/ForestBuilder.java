package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.IntroSelector;

/**
 * Writes a {@link Forest}. The nodes of one level of a tree share a direction, so that a vector is projected once a level, and
 * each splits its vectors in halves, so that only thresholds and the order of the leaves are kept.
 *
 * <p>Takes {@code 4 × depth} bytes a vector of memory. The same vectors give the same forest.
 *
 * @param trees number of trees
 * @param leafSize vectors of a leaf; up to twice as many
 */
record ForestBuilder(int trees, int leafSize) implements Narrowing.Builder {
    private static final long SEED = 20_160_906;

    @Override
    public void build(FloatVectorValues vectors, VectorSimilarityFunction similarity, IndexOutput out)
            throws IOException {
        int depth = depth(vectors.size());
        out.writeInt(vectors.size());
        out.writeInt(trees);
        out.writeInt(depth);
        Random random = new Random(SEED);
        for (int tree = 0; tree < trees; tree++) {
            Directions directions = Directions.random(random, depth, vectors);
            directions.write(out);
            Tree grown = new Tree(directions.project(vectors), vectors.size());
            Numbers.write(grown.splits, out);
            Numbers.write(grown.ordinals, out);
        }
    }

    private int depth(int vectors) {
        int leaves = Math.max(1, vectors / leafSize);
        return Math.min(Forest.MAX_DEPTH, 31 - Integer.numberOfLeadingZeros(leaves));
    }

    /** One tree: node {@code i} has the children {@code 2i} and {@code 2i + 1}, the root is 1. */
    private static final class Tree {
        private final float[][] projections;
        private final int[] ordinals;
        private final float[] splits;

        Tree(float[][] projections, int size) {
            this.projections = projections;
            ordinals = new int[size];
            for (int i = 0; i < size; i++) {
                ordinals[i] = i;
            }
            splits = new float[1 << projections.length];
            split(0, 1, 0, size);
        }

        private void split(int level, int node, int from, int to) {
            if (level == projections.length) {
                return;
            }
            int middle = Forest.middle(from, to);
            float[] keys = projections[level];
            new ByKey(keys).select(from, to, middle);
            float below = Float.NEGATIVE_INFINITY;
            for (int i = from; i < middle; i++) {
                below = Math.max(below, keys[ordinals[i]]);
            }
            splits[node] = (below + keys[ordinals[middle]]) / 2;
            split(level + 1, 2 * node, from, middle);
            split(level + 1, 2 * node + 1, middle, to);
        }

        private final class ByKey extends IntroSelector {
            private final float[] keys;
            private float pivot;

            ByKey(float[] keys) {
                this.keys = keys;
            }

            @Override
            protected void swap(int i, int j) {
                int ordinal = ordinals[i];
                ordinals[i] = ordinals[j];
                ordinals[j] = ordinal;
            }

            @Override
            protected void setPivot(int i) {
                pivot = keys[ordinals[i]];
            }

            @Override
            protected int comparePivot(int j) {
                return Float.compare(pivot, keys[ordinals[j]]);
            }
        }
    }
}
