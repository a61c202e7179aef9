package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.codecs.hnsw.FlatVectorsWriter;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/**
 * Writes a segment of a {@link NarrowedFormat}: first the vectors, then, from the file that these are in, the narrowing. So a
 * flush and a merge do the same, and neither needs the vectors in memory.
 */
final class NarrowedWriter extends KnnVectorsWriter {
    private final SegmentWriteState state;
    private final FlatVectorsFormat flatFormat;
    private final FlatVectorsWriter flat;
    private final String name;
    private final Narrowing.Builder builder;
    private final List<FieldInfo> fields = new ArrayList<>();
    private boolean closed;

    NarrowedWriter(SegmentWriteState state, FlatVectorsFormat flatFormat, String name, Narrowing.Builder builder)
            throws IOException {
        this.state = state;
        this.flatFormat = flatFormat;
        this.flat = flatFormat.fieldsWriter(state);
        this.name = name;
        this.builder = builder;
    }

    @Override
    public KnnFieldVectorsWriter<?> addField(FieldInfo field) throws IOException {
        note(field);
        return flat.addField(field);
    }

    @Override
    public void mergeOneField(FieldInfo field, MergeState merge) throws IOException {
        note(field);
        flat.mergeOneField(field, merge);
    }

    private void note(FieldInfo field) {
        if (field.getVectorEncoding() != VectorEncoding.FLOAT32) {
            throw new UnsupportedOperationException(name + " has vectors of 32-bit floats only");
        }
        fields.add(field);
    }

    @Override
    public void flush(int maxDoc, Sorter.DocMap sortMap) throws IOException {
        flat.flush(maxDoc, sortMap);
    }

    @Override
    public void finish() throws IOException {
        flat.finish();
        close();
        // Lucene hands no fields to who writes vectors, only one after the other.
        FieldInfos known = new FieldInfos(fields.toArray(FieldInfo[]::new));
        SegmentReadState written =
                new SegmentReadState(state.directory, state.segmentInfo, known, IOContext.DEFAULT, state.segmentSuffix);
        try (FlatVectorsReader vectors = flatFormat.fieldsReader(written);
                IndexOutput meta = create(NarrowedFormat.META_EXTENSION);
                IndexOutput data = create(NarrowedFormat.DATA_EXTENSION)) {
            for (FieldInfo field : fields) {
                narrow(field, vectors.getFloatVectorValues(field.name), meta, data);
            }
            meta.writeInt(-1);
            CodecUtil.writeFooter(meta);
            CodecUtil.writeFooter(data);
        }
    }

    private IndexOutput create(String extension) throws IOException {
        IndexOutput out = state.directory.createOutput(
                IndexFileNames.segmentFileName(state.segmentInfo.name, state.segmentSuffix, extension), state.context);
        CodecUtil.writeIndexHeader(
                out, name + extension, NarrowedFormat.VERSION, state.segmentInfo.getId(), state.segmentSuffix);
        return out;
    }

    private void narrow(FieldInfo field, FloatVectorValues vectors, IndexOutput meta, IndexOutput data)
            throws IOException {
        long start = data.alignFilePointer(Long.BYTES);
        if (vectors.size() >= NarrowedFormat.EXACT_BELOW) {
            builder.build(vectors, field.getVectorSimilarityFunction(), data);
        }
        meta.writeInt(field.number);
        meta.writeVLong(start);
        meta.writeVLong(data.getFilePointer() - start);
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            flat.close();
        }
    }

    @Override
    public long ramBytesUsed() {
        return flat.ramBytesUsed();
    }
}
