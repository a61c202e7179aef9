package quintet.retrieve.adapter.lucene;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentVectors;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.StoredVector;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VectorKey;
import quintet.retrieve.port.StoredVectors;

/** {@link StoredVectors} over the last commit. Lucene keeps every vector as it was given, beside its graph. */
@ApplicationScoped
@Identifier("lucene")
class LuceneStoredVectors implements StoredVectors {
    private final LuceneCollections collections;

    LuceneStoredVectors(LuceneCollections collections) {
        this.collections = collections;
    }

    @Override
    public DocumentVectors read(CollectionName name, String documentId, Set<String> chunkIds) {
        LuceneCollection collection = collections.get(name).collection();
        try {
            Optional<IndexSearcher> searcher = collection.acquire();
            if (searcher.isEmpty()) {
                return DocumentVectors.NONE;
            }
            try {
                return read(collection, searcher.get(), documentId, chunkIds);
            } finally {
                LuceneCollection.release(searcher.get());
            }
        } catch (IOException e) {
            throw IndexFailures.reading(e);
        }
    }

    private static DocumentVectors read(
            LuceneCollection collection, IndexSearcher searcher, String documentId, Set<String> chunkIds)
            throws IOException {
        Optional<ModelRef> model = LuceneCollection.model(searcher);
        Optional<DocumentHead> head = collection.head(searcher, documentId).filter(known -> !known.deleted());
        if (model.isEmpty() || head.isEmpty()) {
            return new DocumentVectors(0, model, List.of());
        }
        List<StoredVector> found = new ArrayList<>(chunkIds.size());
        Weight passages = searcher.createWeight(
                searcher.rewrite(new TermQuery(PassageDocuments.passagesOf(documentId))),
                ScoreMode.COMPLETE_NO_SCORES,
                1);
        String field = PassageDocuments.vectorField(model.get().dimension());
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = passages.scorer(leaf);
            FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
            if (scorer != null && vectors != null) {
                collect(leaf, scorer, vectors, chunkIds, found);
            }
        }
        return new DocumentVectors(head.get().version(), model, found);
    }

    private static void collect(
            LeafReaderContext leaf,
            Scorer scorer,
            FloatVectorValues vectors,
            Set<String> chunkIds,
            List<StoredVector> found)
            throws IOException {
        Bits live = leaf.reader().getLiveDocs();
        SortedDocValues ids = DocValues.getSorted(leaf.reader(), PassageDocuments.CHUNK_ID);
        BinaryDocValues keys = DocValues.getBinary(leaf.reader(), PassageDocuments.VECTOR_KEY);
        KnnVectorValues.DocIndexIterator at = vectors.iterator();
        DocIdSetIterator documents = scorer.iterator();
        for (int document = documents.nextDoc();
                document != DocIdSetIterator.NO_MORE_DOCS;
                document = documents.nextDoc()) {
            if ((live != null && !live.get(document)) || !ids.advanceExact(document)) {
                continue;
            }
            String id = ids.lookupOrd(ids.ordValue()).utf8ToString();
            if (chunkIds.contains(id) && at.advance(document) == document) {
                VectorKey key = keys.advanceExact(document) ? key(keys.binaryValue()) : null;
                found.add(new StoredVector(id, new UnitVector(vectors.vectorValue(at.index())), key));
            }
        }
    }

    private static @Nullable VectorKey key(BytesRef bytes) {
        return bytes.length == 0
                ? null
                : new VectorKey(HexFormat.of().formatHex(bytes.bytes, bytes.offset, bytes.offset + bytes.length));
    }
}
