package quintet.retrieve.adapter.lucene;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.port.PassageIndex;

/**
 * The index of retrieve-service as the service opens it, and the library below it. It is in this package for the same reason as
 * {@link BenchedIndex}.
 */
public final class BenchedStore implements AutoCloseable {
    private static final int CANDIDATES = 50;
    private static final int EF = 100;
    /** Writes that wait at the same time; the service refuses more than 256. */
    private static final int WAITING = 128;

    private final LuceneCollections collections;
    private final LucenePassageIndex index;
    private final LucenePassageWriter writer;
    private final CollectionName name;

    /** Opens an index in an empty folder, with the defaults of the service. */
    public BenchedStore(Path folder, CollectionName name) {
        LuceneConfig config = new SmallRyeConfigBuilder()
                .withMapping(LuceneConfig.class)
                .withDefaultValue("quintet.retrieve.index.data-dir", folder.toString())
                .build()
                .getConfigMapping(LuceneConfig.class);
        collections = new LuceneCollections(config, new SimpleMeterRegistry());
        index = new LucenePassageIndex(collections, config);
        writer = new LucenePassageWriter(collections);
        this.name = name;
    }

    /** Commits a document. */
    public void put(DocumentPart whole) {
        var _ = writer.put(whole.ref(), List.of(whole));
    }

    /** Commits documents, many in a commit. */
    public void putAll(List<DocumentPart> wholes) {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int from = 0; from < wholes.size(); from += WAITING) {
                CompletableFuture.allOf(wholes.subList(from, Math.min(wholes.size(), from + WAITING)).stream()
                                .map(whole -> CompletableFuture.runAsync(() -> put(whole), callers))
                                .toArray(CompletableFuture[]::new))
                        .join();
            }
        }
    }

    /** Returns what searches go through. */
    public PassageIndex index() {
        return index;
    }

    /** Does what a search by vectors asks of Lucene, and nothing else: the candidates, and the first ones loaded. */
    public int nearest(float[] vector, int k) throws IOException {
        return search(new KnnFloatVectorQuery(PassageDocuments.vectorField(vector.length), vector, EF), k);
    }

    /** Does what a search by words asks of Lucene. */
    public int matching(String text, int k) throws IOException {
        return search(WordQuery.of(text, new WordQuery.Weights(2, 1)).query(), k);
    }

    private int search(Query query, int k) throws IOException {
        IndexSearcher searcher = collections
                .get(name)
                .collection()
                .acquire()
                .orElseThrow(() -> new IllegalStateException("nothing was put into the index"));
        try {
            ScoreDoc[] found = searcher.search(query, CANDIDATES).scoreDocs;
            StoredFields stored = searcher.storedFields();
            List<Object> passages = new ArrayList<>();
            for (int i = 0; i < Math.min(k, found.length); i++) {
                passages.add(collections
                        .get(name)
                        .collection()
                        .documents()
                        .readPassage(stored.document(found[i].doc, Set.of(PassageDocuments.STORED))));
            }
            return passages.size();
        } finally {
            LuceneCollection.release(searcher);
        }
    }

    @Override
    public void close() {
        index.close();
        collections.close();
    }
}
