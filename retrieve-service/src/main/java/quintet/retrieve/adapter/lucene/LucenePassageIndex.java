package quintet.retrieve.adapter.lucene;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionInfo;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageView;

/** {@link PassageIndex} over Lucene: vectors and BM25 in the same documents. */
@ApplicationScoped
@Identifier("lucene")
class LucenePassageIndex implements PassageIndex {
    private static final Logger LOG = Logger.getLogger(LucenePassageIndex.class);

    private final LuceneCollections collections;
    private final SearchPool pool;
    private final WordQuery.Weights weights;
    private final int ef;

    LucenePassageIndex(LuceneCollections collections, LuceneConfig config) {
        this.collections = collections;
        pool = new SearchPool(config.searchThreads(), config.searchQueue());
        weights = new WordQuery.Weights(config.titleWeight(), config.sectionWeight());
        ef = config.ef();
    }

    @Override
    public Uni<PassageView> open(CollectionAccess access) {
        return pool.run(() -> view(access));
    }

    private PassageView view(CollectionAccess access) throws IOException {
        CollectionName name = access.collection();
        LuceneCollection collection = collections.get(name).collection();
        IndexSearcher searcher = acquire(name, collection)
                .orElseThrow(() -> Failure.notFound(
                        "COLLECTION_NOT_FOUND",
                        "collection '%s' has no index: nothing was ingested into it, or nothing of it is READY yet",
                        name.shown()));
        return new LuceneView(
                searcher, AccessQuery.of(access, searcher.getIndexReader()), collection, pool, weights, ef);
    }

    private static Optional<IndexSearcher> acquire(CollectionName name, LuceneCollection collection) {
        try {
            return collection.acquire();
        } catch (IOException e) {
            LOG.errorf(e, "index of collection %s can not be opened, reason=INDEX_UNREADABLE", name);
            throw Failure.unavailable(
                    "INDEX_UNREADABLE",
                    "the index of collection '%s' can not be opened (%s); other collections are not affected"
                            .formatted(name.shown(), e.getMessage()),
                    e);
        }
    }

    @Override
    public Uni<List<CollectionInfo>> collections() {
        return pool.run(() -> {
            List<CollectionInfo> infos = new ArrayList<>();
            for (CollectionName name : collections.names()) {
                try {
                    info(name).ifPresent(infos::add);
                } catch (IOException | Failure e) {
                    LOG.warnf("collection %s is left out of the list: %s", name, e.getMessage());
                }
            }
            return infos;
        });
    }

    private Optional<CollectionInfo> info(CollectionName name) throws IOException {
        Optional<IndexSearcher> searcher = acquire(name, collections.get(name).collection());
        if (searcher.isEmpty()) {
            return Optional.empty();
        }
        try {
            long passages = LuceneCollection.count(searcher.get(), PassageDocuments.KIND_PASSAGE);
            long documents = LuceneCollection.count(searcher.get(), PassageDocuments.KIND_DOCUMENT);
            Optional<ModelRef> model = LuceneCollection.model(searcher.get());
            return Optional.of(new CollectionInfo(name, documents, passages, model));
        } finally {
            LuceneCollection.release(searcher.get());
        }
    }

    @PreDestroy
    void close() {
        pool.close();
    }
}
