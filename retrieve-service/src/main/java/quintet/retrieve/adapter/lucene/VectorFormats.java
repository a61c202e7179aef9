package quintet.retrieve.adapter.lucene;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104ScalarQuantizedVectorsFormat.ScalarEncoding;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import quintet.retrieve.model.IndexKind;

/** The Lucene format of each kind of index: all that a segment has of vectors, and how it is searched, comes from there. */
final class VectorFormats {
    /** Lucene draws no graph for a segment in which the search of this many would visit every vector: none ever. */
    private static final int NO_GRAPH = Integer.MAX_VALUE;

    static {
        // Lucene looks for formats with its own class loader, which need not see ours: Quarkus has several.
        KnnVectorsFormat.reloadKnnVectorsFormat(VectorFormats.class.getClassLoader());
    }

    private VectorFormats() {}

    /** Returns the format that writes segments of a kind. */
    static KnnVectorsFormat of(IndexKind kind) {
        return new StampedFormat(format(kind), kind);
    }

    private static KnnVectorsFormat format(IndexKind kind) {
        return switch (kind) {
            case IndexKind.Exact _ ->
                new Lucene99HnswVectorsFormat(
                        Lucene99HnswVectorsFormat.DEFAULT_MAX_CONN,
                        Lucene99HnswVectorsFormat.DEFAULT_BEAM_WIDTH,
                        NO_GRAPH);
            case IndexKind.Hnsw hnsw
            when hnsw.bits() == Float.SIZE -> new Lucene99HnswVectorsFormat(hnsw.m(), hnsw.efConstruction());
            case IndexKind.Hnsw hnsw ->
                new Lucene104HnswScalarQuantizedVectorsFormat(encoding(hnsw.bits()), hnsw.m(), hnsw.efConstruction());
            case IndexKind.RandomProjection forest -> new RandomProjectionFormat(forest);
            case IndexKind.Lsh lsh -> new LshFormat(lsh);
            case IndexKind.ProductQuantization pq -> new ProductQuantizationFormat(pq);
        };
    }

    private static ScalarEncoding encoding(int bits) {
        return switch (bits) {
            case 8 -> ScalarEncoding.UNSIGNED_BYTE;
            case 4 -> ScalarEncoding.PACKED_NIBBLE;
            case 2 -> ScalarEncoding.DIBIT_QUERY_NIBBLE;
            case 1 -> ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE;
            default -> throw new IllegalArgumentException("there is no encoding of %d bits".formatted(bits));
        };
    }
}
