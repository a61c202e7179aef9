package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * The vectors as Lucene's flat format keeps them, and beside them, in two files of their own, a {@link Narrowing}: {@code
 * .vqm} says where it lies in {@code .vqd}. Both have Lucene's headers and checksums, both are written before the commit that
 * names them.
 *
 * <p>Lucene finds the formats by name as services when it reads a segment, so they are public and have a constructor without
 * arguments.
 */
abstract sealed class NarrowedFormat extends KnnVectorsFormat
        permits RandomProjectionFormat, LshFormat, ProductQuantizationFormat {
    /** A segment of fewer vectors has no narrowing: comparing with all of them is as fast. */
    static final int EXACT_BELOW = 1000;

    static final int VERSION = 0;
    static final String META_EXTENSION = "vqm";
    static final String DATA_EXTENSION = "vqd";

    private final FlatVectorsFormat flat =
            new Lucene99FlatVectorsFormat(FlatVectorScorerUtil.getLucene99FlatVectorsScorer());

    NarrowedFormat(String name) {
        super(name);
    }

    /** Returns what writes the narrowing of a new segment. */
    abstract Narrowing.Builder builder();

    /** Returns what reads the narrowing of a segment, by whatever parameters it was built. */
    abstract Narrowing.Opener opener();

    @Override
    public final KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return new NarrowedWriter(state, flat, getName(), builder());
    }

    @Override
    public final KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return new NarrowedReader(state, flat.fieldsReader(state), getName(), opener());
    }

    @Override
    public final int getMaxDimensions(String field) {
        return flat.getMaxDimensions(field);
    }
}
