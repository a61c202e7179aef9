package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import org.apache.lucene.store.IndexOutput;

/** Writes numbers as {@link org.apache.lucene.store.IndexInput#readFloats} and {@code readInts} read them. */
final class Numbers {
    private Numbers() {}

    static void write(float[] values, IndexOutput out) throws IOException {
        for (float value : values) {
            out.writeInt(Float.floatToIntBits(value));
        }
    }

    static void write(int[] values, IndexOutput out) throws IOException {
        for (int value : values) {
            out.writeInt(value);
        }
    }
}
