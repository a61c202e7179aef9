package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.store.ChecksumIndexInput;
import org.apache.lucene.store.DataAccessHint;
import org.apache.lucene.store.FileDataHint;
import org.apache.lucene.store.FileTypeHint;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.jspecify.annotations.Nullable;

/** Searches a segment of a {@link NarrowedFormat}: few accepted vectors one by one, many by their narrowing. */
final class NarrowedReader extends KnnVectorsReader {
    private final FlatVectorsReader flat;
    private final IndexInput data;
    private final Map<String, Part> parts;

    /**
     * Where the narrowing of a field lies.
     *
     * @param narrowing null if the segment has few vectors
     */
    private record Part(@Nullable Narrowing narrowing, long length) {}

    NarrowedReader(SegmentReadState state, FlatVectorsReader flat, String name, Narrowing.Opener opener)
            throws IOException {
        this.flat = flat;
        boolean opened = false;
        @Nullable IndexInput in = null;
        try {
            in = state.directory.openInput(
                    file(state, NarrowedFormat.DATA_EXTENSION),
                    state.context.withHints(FileTypeHint.DATA, FileDataHint.KNN_VECTORS, DataAccessHint.RANDOM));
            checkHeader(state, in, name + NarrowedFormat.DATA_EXTENSION);
            var _ = CodecUtil.retrieveChecksum(in);
            data = in;
            parts = parts(state, name, opener);
            opened = true;
        } finally {
            if (!opened) {
                IOUtils.closeWhileHandlingException(flat, in);
            }
        }
    }

    private Map<String, Part> parts(SegmentReadState state, String name, Narrowing.Opener opener) throws IOException {
        Map<String, Part> found = new HashMap<>();
        try (ChecksumIndexInput meta = state.directory.openChecksumInput(file(state, NarrowedFormat.META_EXTENSION))) {
            Throwable failed = null;
            try {
                checkHeader(state, meta, name + NarrowedFormat.META_EXTENSION);
                for (int number = meta.readInt(); number != -1; number = meta.readInt()) {
                    FieldInfo field = state.fieldInfos.fieldInfo(number);
                    if (field == null) {
                        throw new CorruptIndexException("there is no field " + number, meta);
                    }
                    found.put(field.name, part(field, meta.readVLong(), meta.readVLong(), opener));
                }
            } catch (Throwable e) {
                failed = e;
            } finally {
                CodecUtil.checkFooter(meta, failed);
            }
        }
        return found;
    }

    private Part part(FieldInfo field, long start, long length, Narrowing.Opener opener) throws IOException {
        return length == 0
                ? new Part(null, 0)
                : new Part(
                        opener.open(
                                data.slice(field.name, start, length),
                                field.getVectorDimension(),
                                field.getVectorSimilarityFunction()),
                        length);
    }

    private static String file(SegmentReadState state, String extension) {
        return IndexFileNames.segmentFileName(state.segmentInfo.name, state.segmentSuffix, extension);
    }

    private static void checkHeader(SegmentReadState state, IndexInput in, String codec) throws IOException {
        var _ = CodecUtil.checkIndexHeader(
                in,
                codec,
                NarrowedFormat.VERSION,
                NarrowedFormat.VERSION,
                state.segmentInfo.getId(),
                state.segmentSuffix);
    }

    @Override
    public void search(String field, float[] target, KnnCollector collector, AcceptDocs acceptDocs) throws IOException {
        RandomVectorScorer scorer = flat.getRandomVectorScorer(field, target);
        Part part = parts.get(field);
        if (part == null || scorer.maxOrd() == 0 || collector.k() == 0) {
            return;
        }
        int total = scorer.maxOrd();
        Accepted accepted =
                new Accepted(scorer.getAcceptOrds(acceptDocs.bits()), Math.min(total, acceptDocs.cost()), total);
        SearchKnobs knobs = SearchKnobs.of(collector.getSearchStrategy(), collector.k());
        Narrowing narrowing = part.narrowing();
        Scoring scoring = new Scoring(scorer, collector);
        if (narrowing == null || accepted.count() <= Math.max(collector.k(), narrowing.cost(knobs, accepted))) {
            for (int ordinal = 0; ordinal < total; ordinal++) {
                if (accepted.contains(ordinal)) {
                    scoring.add(ordinal);
                }
            }
        } else {
            Ordinals candidates = narrowing.candidates(target, knobs, accepted, collector.k());
            for (int i = 0; i < candidates.size(); i++) {
                scoring.add(candidates.get(i));
            }
        }
        scoring.flush();
    }

    /** Scores many vectors at a time, which Lucene does faster than one after the other. */
    private static final class Scoring {
        private final RandomVectorScorer scorer;
        private final KnnCollector collector;
        private final int[] ordinals = new int[64];
        private final float[] scores = new float[64];
        private int size;

        Scoring(RandomVectorScorer scorer, KnnCollector collector) {
            this.scorer = scorer;
            this.collector = collector;
        }

        void add(int ordinal) throws IOException {
            ordinals[size++] = ordinal;
            if (size == ordinals.length) {
                flush();
            }
        }

        void flush() throws IOException {
            if (size > 0) {
                collector.incVisitedCount(size);
                float best = scorer.bulkScore(ordinals, scores, size);
                if (best > collector.minCompetitiveSimilarity()) {
                    for (int i = 0; i < size; i++) {
                        var _ = collector.collect(scorer.ordToDoc(ordinals[i]), scores[i]);
                    }
                }
                size = 0;
            }
        }
    }

    @Override
    public void search(String field, byte[] target, KnnCollector collector, AcceptDocs acceptDocs) {
        throw new UnsupportedOperationException("vectors are of 32-bit floats only");
    }

    @Override
    public FloatVectorValues getFloatVectorValues(String field) throws IOException {
        return flat.getFloatVectorValues(field);
    }

    @Override
    public ByteVectorValues getByteVectorValues(String field) throws IOException {
        return flat.getByteVectorValues(field);
    }

    @Override
    public void checkIntegrity() throws IOException {
        flat.checkIntegrity();
        var _ = CodecUtil.checksumEntireFile(data);
    }

    @Override
    public Map<String, Long> getOffHeapByteSize(FieldInfo field) {
        Part part = parts.get(field.name);
        return mergeOffHeapByteSizeMaps(
                flat.getOffHeapByteSize(field),
                part == null ? Map.of() : Map.of(NarrowedFormat.DATA_EXTENSION, part.length()));
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(flat, data);
    }
}
