package quintet.retrieve.adapter.lucene;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import quintet.retrieve.model.IndexKind;

/**
 * Lucene's codec with the vectors of a chosen kind. The choice holds for segments that are written from then on, also by a
 * writer that is open; segments say themselves how they are read.
 *
 * <p>Thread-safe.
 */
final class ChosenCodec extends Lucene104Codec {
    private volatile KnnVectorsFormat vectors;

    ChosenCodec(IndexKind kind) {
        vectors = VectorFormats.of(kind);
    }

    void choose(IndexKind kind) {
        vectors = VectorFormats.of(kind);
    }

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return vectors;
    }
}
