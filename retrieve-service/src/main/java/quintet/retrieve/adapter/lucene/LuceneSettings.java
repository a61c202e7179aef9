package quintet.retrieve.adapter.lucene;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.jspecify.annotations.Nullable;

/** How an index is written and searched. */
final class LuceneSettings {
    private final Similarity similarity;
    private final KnnVectorsFormat vectors;
    private final int writeBufferMb;

    LuceneSettings(LuceneConfig config) {
        similarity = new BM25Similarity(config.k1(), config.b());
        vectors = new Lucene99HnswVectorsFormat(config.m(), config.efConstruction());
        writeBufferMb = config.writeBufferMb();
    }

    IndexWriterConfig writerConfig() {
        ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
        merges.setMaxMergesAndThreads(4, 1);
        return new IndexWriterConfig(PassageAnalyzer.ofAllWords())
                .setSimilarity(similarity)
                .setCodec(new Lucene104Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return vectors;
                    }
                })
                .setMergeScheduler(merges)
                .setRAMBufferSizeMB(writeBufferMb)
                .setMaxFullFlushMergeWaitMillis(0)
                .setCommitOnClose(false);
    }

    SearcherFactory searcherFactory() {
        return new SearcherFactory() {
            @Override
            public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(similarity);
                return searcher;
            }
        };
    }
}
