package quintet.bench.retrieval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;

/** Lucene as it comes: HNSW over 32-bit floats, m 16, efConstruction 100. */
final class PlainLucene implements Contender {
    static final String NAME = "Lucene HNSW fp32";
    private static final String FIELD = "vector";

    private final List<Integer> efs;
    private final FSDirectory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    PlainLucene(List<Integer> efs, VectorSet set, Path folder) throws IOException {
        this.efs = efs;
        directory = FSDirectory.open(folder);
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig().setRAMBufferSizeMB(1024))) {
            for (float[] vector : set.vectors()) {
                Document document = new Document();
                document.add(new KnnFloatVectorField(FIELD, vector, set.similarity()));
                var _ = writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        reader = DirectoryReader.open(directory);
        searcher = new IndexSearcher(reader);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long bytes() throws IOException {
        long bytes = 0;
        for (String file : directory.listAll()) {
            bytes += directory.fileLength(file);
        }
        return bytes;
    }

    @Override
    public int settings() {
        return efs.size();
    }

    @Override
    public String setting(int setting) {
        return "{ef=" + efs.get(setting) + "}";
    }

    @Override
    public int[] search(float[] query, int setting) throws IOException {
        ScoreDoc[] hits =
                searcher.search(new KnnFloatVectorQuery(FIELD, query, efs.get(setting)), VectorSet.K).scoreDocs;
        int[] found = new int[hits.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = hits[i].doc;
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
    }
}
