package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import quintet.retrieve.model.IndexKind;

/**
 * What retrieve-service does with vectors, and nothing else of it. It is in the package of the service's adapter, whose classes
 * are nobody else's to use; only a benchmark may.
 */
public final class BenchedIndex implements AutoCloseable {
    private static final String FIELD = "vector";
    private static final String LABEL = "label";
    private static final int EF_OF_OTHERS = 10;

    private final FSDirectory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    private BenchedIndex(FSDirectory directory) throws IOException {
        this.directory = directory;
        reader = DirectoryReader.open(directory);
        searcher = new IndexSearcher(reader);
    }

    /** Writes an index of one segment, whose documents have the numbers of their vectors. */
    public static BenchedIndex build(
            Path folder, IndexKind kind, List<float[]> vectors, VectorSimilarityFunction similarity)
            throws IOException {
        return build(folder, kind, vectors, similarity, _ -> List.of());
    }

    /**
     * Writes an index of one segment, whose documents have the numbers of their vectors.
     *
     * @param labels of a document, by its number, that {@link #query} can filter by
     */
    public static BenchedIndex build(
            Path folder,
            IndexKind kind,
            List<float[]> vectors,
            VectorSimilarityFunction similarity,
            IntFunction<List<String>> labels)
            throws IOException {
        IndexWriterConfig config =
                new IndexWriterConfig().setCodec(new ChosenCodec(kind)).setRAMBufferSizeMB(1024);
        FSDirectory directory = FSDirectory.open(folder);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int number = 0; number < vectors.size(); number++) {
                Document document = new Document();
                document.add(new KnnFloatVectorField(FIELD, vectors.get(number), similarity));
                for (String label : labels.apply(number)) {
                    document.add(new StringField(LABEL, label, Field.Store.NO));
                }
                var _ = writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        return new BenchedIndex(directory);
    }

    /** Returns the query of a search. */
    public static Query query(float[] vector, int k, IndexKind kind) {
        return NearestQuery.of(FIELD, vector, null, k, kind, EF_OF_OTHERS);
    }

    /** Returns the query of a search among the documents with a label. */
    public static Query query(float[] vector, int k, IndexKind kind, String label) {
        return NearestQuery.of(FIELD, vector, new TermQuery(new Term(LABEL, label)), k, kind, EF_OF_OTHERS);
    }

    /** Returns the searcher of all vectors. */
    public IndexSearcher searcher() {
        return searcher;
    }

    /** Returns the bytes of the index on disk. */
    public long bytes() throws IOException {
        long bytes = 0;
        for (String file : directory.listAll()) {
            bytes += directory.fileLength(file);
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
    }
}
