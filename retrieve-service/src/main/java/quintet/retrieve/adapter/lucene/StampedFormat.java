package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.IndexKind;

/**
 * A format that notes in each segment by which {@link IndexKind#structure} its vectors are searched. On disk it is the other
 * format: who reads does not need this one.
 */
final class StampedFormat extends KnnVectorsFormat {
    private static final String STRUCTURE = "quintet.vectors";

    private final KnnVectorsFormat format;
    private final String structure;

    StampedFormat(KnnVectorsFormat format, IndexKind kind) {
        super(format.getName());
        this.format = format;
        this.structure = kind.structure();
    }

    /** Returns the structure of a segment's vectors; null if it has none or comes from a release without a choice. */
    static @Nullable String structure(SegmentInfo segment) {
        return segment.getAttribute(STRUCTURE);
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        state.segmentInfo.putAttribute(STRUCTURE, structure);
        return format.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return format.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
        return format.getMaxDimensions(field);
    }

    @Override
    public String toString() {
        return "StampedFormat(" + structure + ", " + format + ")";
    }
}
