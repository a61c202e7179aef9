package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.IndexKind;

/** A Lucene index of nothing but vectors, and what exact search finds in it. */
final class VectorIndex implements AutoCloseable {
    static final String FIELD = "vector";
    private static final String ID = "id";
    private static final String GROUP = "group";

    final Directory directory;
    final IndexKind kind;
    final VectorSimilarityFunction similarity;
    final ChosenCodec codec;
    final IndexWriter writer;
    final Map<Integer, float[]> vectors = new TreeMap<>();

    VectorIndex(Directory directory, IndexKind kind, VectorSimilarityFunction similarity) throws IOException {
        this(directory, kind, similarity, new ConcurrentMergeScheduler());
    }

    VectorIndex(Directory directory, IndexKind kind, VectorSimilarityFunction similarity, MergeScheduler merges)
            throws IOException {
        this.directory = directory;
        this.kind = kind;
        this.similarity = similarity;
        codec = new ChosenCodec(kind);
        writer = new IndexWriter(
                directory,
                new IndexWriterConfig()
                        .setCodec(codec)
                        .setMergeScheduler(merges)
                        .setCommitOnClose(false)
                        .setMaxFullFlushMergeWaitMillis(0)
                        .setRAMBufferSizeMB(64));
    }

    /** Adds vectors or replaces those of the same ids, not yet committed. */
    void put(int firstId, float[]... added) throws IOException {
        for (int i = 0; i < added.length; i++) {
            put(firstId + i, added[i]);
        }
    }

    private void put(int id, float[] vector) throws IOException {
        Document document = new Document();
        document.add(new StringField(ID, Integer.toString(id), Field.Store.NO));
        document.add(new StoredField(ID, id));
        document.add(new KnnFloatVectorField(FIELD, vector, similarity));
        // One of 1,000 in the first group, 10 in the second, 100 in the third, 500 in the fourth, every one in the
        // last.
        for (int per1000 : List.of(1, 10, 100, 500, 1000)) {
            if (in(per1000, id)) {
                document.add(new StringField(GROUP, Integer.toString(per1000), Field.Store.NO));
            }
        }
        writer.updateDocument(new Term(ID, Integer.toString(id)), document);
        vectors.put(id, vector);
    }

    /** Returns whether an id is among the {@code per1000} of 1,000 that are in this group, at random but always the same. */
    static boolean in(int per1000, int id) {
        return Math.floorMod(id * 0x9E3779B97F4A7C15L >>> 20, 1000L) < per1000;
    }

    void delete(Collection<Integer> ids) throws IOException {
        for (int id : ids) {
            writer.deleteDocuments(new Term(ID, Integer.toString(id)));
            vectors.remove(id);
        }
    }

    void commit() throws IOException {
        writer.commit();
    }

    /** Returns recall@k of searches in the last commit against exact search in what was put. */
    double recall(List<float[]> queries, int k, int per1000) throws IOException {
        int found = 0;
        int expected = 0;
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            for (float[] query : queries) {
                Set<Integer> exact = new HashSet<>(nearest(query, k, id -> per1000 == 0 || in(per1000, id)));
                List<Integer> ids = search(reader, query, k, per1000);
                expected += exact.size();
                found += (int) ids.stream().filter(exact::contains).count();
            }
        }
        return expected == 0 ? 1 : found / (double) expected;
    }

    /** Returns what searches of the last commit find, best first, within a group or, with 0, everywhere. */
    List<Integer> search(float[] query, int k, int per1000) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            return search(reader, query, k, per1000);
        }
    }

    List<Integer> search(DirectoryReader reader, float[] query, int k, int per1000) throws IOException {
        IndexSearcher searcher = new IndexSearcher(reader);
        List<Integer> ids = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query(query, k, per1000), k).scoreDocs) {
            ids.add(searcher.storedFields()
                    .document(hit.doc)
                    .getField(ID)
                    .numericValue()
                    .intValue());
        }
        return ids;
    }

    Query query(float[] query, int k, int per1000) {
        @Nullable Query filter = per1000 == 0 ? null : new TermQuery(new Term(GROUP, Integer.toString(per1000)));
        return NearestQuery.of(FIELD, query, filter, k, kind, 100);
    }

    /** Returns the ids of the exactly nearest, best first. */
    List<Integer> nearest(float[] query, int k, IntPredicate accepted) {
        return vectors.entrySet().stream()
                .filter(each -> accepted.test(each.getKey()))
                .map(each -> Map.entry(each.getKey(), similarity.compare(query, each.getValue())))
                .sorted(Map.Entry.<Integer, Float>comparingByValue(Comparator.reverseOrder()))
                .limit(k)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns vectors near some of those that were put. */
    List<float[]> queries(Random random, int count) {
        List<float[]> all = new ArrayList<>(vectors.values());
        List<float[]> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] query = all.get(random.nextInt(all.size())).clone();
            for (int d = 0; d < query.length; d++) {
                query[d] += (float) (random.nextGaussian() * 0.02);
            }
            if (similarity == VectorSimilarityFunction.DOT_PRODUCT) {
                MadeUpVectors.normalise(query);
            }
            queries.add(query);
        }
        return queries;
    }

    /** Verifies the checksums of the last commit. */
    static void checkIntegrity(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                leaf.reader().checkIntegrity();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (writer.isOpen()) {
            writer.rollback();
        }
        directory.close();
    }
}
