package quintet.retrieve.adapter.lucene;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageWriter;

/** {@link PassageWriter} over Lucene: writes that wait share one commit. */
@ApplicationScoped
@Identifier("lucene")
class LucenePassageWriter implements PassageWriter {
    private final LuceneCollections collections;

    LucenePassageWriter(LuceneCollections collections) {
        this.collections = collections;
    }

    @Override
    public Optional<DocumentHead> head(CollectionName name, String documentId) {
        LuceneCollection collection = collections.get(name).collection();
        return read(collection, searcher -> collection.head(searcher, documentId));
    }

    @Override
    public Optional<ModelRef> model(CollectionName name) {
        return read(
                collections.get(name).collection(),
                searcher -> LuceneCollection.count(searcher, PassageDocuments.KIND_PASSAGE) == 0
                        ? Optional.empty()
                        : LuceneCollection.model(searcher));
    }

    @Override
    public DocumentHead put(VersionRef ref, Iterable<DocumentPart> parts) {
        return collections.get(ref.collection()).writes().submit(new Change.Put(ref, parts));
    }

    @Override
    public DocumentHead remove(VersionRef ref) {
        return collections.get(ref.collection()).writes().submit(new Change.Remove(ref));
    }

    @Override
    public DocumentHead refuse(VersionRef ref) {
        return collections.get(ref.collection()).writes().submit(new Change.Refuse(ref));
    }

    @Override
    public int passageCount(CollectionName name, String documentId) {
        return read(
                        collections.get(name).collection(),
                        searcher -> Optional.of(searcher.count(new TermQuery(PassageDocuments.passagesOf(documentId)))))
                .orElse(0);
    }

    private interface Read<T> {
        Optional<T> from(IndexSearcher searcher) throws IOException;
    }

    private static <T> Optional<T> read(LuceneCollection collection, Read<T> read) {
        try {
            Optional<IndexSearcher> searcher = collection.acquire();
            if (searcher.isEmpty()) {
                return Optional.empty();
            }
            try {
                return read.from(searcher.get());
            } finally {
                LuceneCollection.release(searcher.get());
            }
        } catch (IOException e) {
            throw IndexFailures.reading(e);
        }
    }
}
