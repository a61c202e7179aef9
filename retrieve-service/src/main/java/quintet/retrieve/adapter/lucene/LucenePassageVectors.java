package quintet.retrieve.adapter.lucene;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VectorKey;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageVectors;

/** {@link PassageVectors} over the last commit. Lucene keeps every vector as it was given, beside its graph. */
@ApplicationScoped
@Identifier("lucene")
class LucenePassageVectors implements PassageVectors {
    private final LuceneCollections collections;

    LucenePassageVectors(LuceneCollections collections) {
        this.collections = collections;
    }

    @Override
    public Map<VectorKey, UnitVector> find(VersionRef ref, ModelRef model, Set<VectorKey> keys) {
        try {
            Optional<IndexSearcher> searcher =
                    collections.get(ref.collection()).collection().acquire();
            if (searcher.isEmpty()) {
                return Map.of();
            }
            try {
                return find(searcher.get(), ref.documentId(), PassageDocuments.vectorField(model.dimension()), keys);
            } finally {
                LuceneCollection.release(searcher.get());
            }
        } catch (IOException e) {
            throw IndexFailures.reading(e);
        }
    }

    private static Map<VectorKey, UnitVector> find(
            IndexSearcher searcher, String documentId, String field, Set<VectorKey> keys) throws IOException {
        Map<VectorKey, UnitVector> found = new HashMap<>();
        Weight passages = searcher.createWeight(
                searcher.rewrite(new TermQuery(PassageDocuments.passagesOf(documentId))),
                ScoreMode.COMPLETE_NO_SCORES,
                1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = passages.scorer(leaf);
            FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
            if (scorer == null || vectors == null) {
                continue;
            }
            Bits live = leaf.reader().getLiveDocs();
            BinaryDocValues keysOfLeaf = DocValues.getBinary(leaf.reader(), PassageDocuments.VECTOR_KEY);
            KnnVectorValues.DocIndexIterator at = vectors.iterator();
            DocIdSetIterator documents = scorer.iterator();
            for (int document = documents.nextDoc();
                    document != DocIdSetIterator.NO_MORE_DOCS;
                    document = documents.nextDoc()) {
                if ((live != null && !live.get(document)) || !keysOfLeaf.advanceExact(document)) {
                    continue;
                }
                VectorKey key = key(keysOfLeaf.binaryValue());
                if (keys.contains(key) && at.advance(document) == document) {
                    found.put(key, new UnitVector(vectors.vectorValue(at.index())));
                }
            }
        }
        return found;
    }

    private static VectorKey key(BytesRef bytes) {
        return new VectorKey(HexFormat.of().formatHex(bytes.bytes, bytes.offset, bytes.offset + bytes.length));
    }
}
