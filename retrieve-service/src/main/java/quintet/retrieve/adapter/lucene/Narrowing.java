package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/**
 * What narrows a query down to a few candidates among the vectors of a segment. It is written once, from all of them, and then
 * only read; scores are computed from the vectors themselves by {@link NarrowedReader}.
 */
interface Narrowing {
    /** Writes it for the vectors of one field. */
    interface Builder {
        /**
         * Writes what {@link Opener#open} reads.
         *
         * @param vectors at least {@link NarrowedFormat#EXACT_BELOW}, by random access
         */
        void build(FloatVectorValues vectors, VectorSimilarityFunction similarity, IndexOutput out) throws IOException;
    }

    /** Reads it. */
    interface Opener {
        /**
         * Returns what {@link Builder#build} wrote.
         *
         * @param in exactly that; stays open
         */
        Narrowing open(IndexInput in, int dimension, VectorSimilarityFunction similarity) throws IOException;
    }

    /**
     * Returns about how many vectors {@link #candidates} would compare with; if no more are accepted, then comparing with all
     * of those is both faster and exact.
     */
    int cost(SearchKnobs knobs, Accepted accepted);

    /**
     * Returns accepted vectors among which the nearest are likely to be, each once. Thread-safe.
     *
     * @param least the number of candidates below which this must not stop while there are more
     */
    Ordinals candidates(float[] query, SearchKnobs knobs, Accepted accepted, int least) throws IOException;
}
