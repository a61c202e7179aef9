package quintet.retrieve.adapter.lucene;

import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.VectorUtil;

/** Brings vectors to the length in which a similarity compares them. */
final class Scale {
    private Scale() {}

    /** Returns a copy of length one if only directions count, or else the vector itself. */
    static float[] of(float[] vector, VectorSimilarityFunction similarity) {
        return similarity == VectorSimilarityFunction.COSINE ? VectorUtil.l2normalize(vector.clone(), false) : vector;
    }
}
