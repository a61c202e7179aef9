package quintet.retrieve.adapter.lucene;

import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.IndexKind;

/** How an index is written and searched. */
final class LuceneSettings {
    /**
     * Most clauses of a query, beyond what a request can ask for: three for each of {@link WordQuery#MAX_TERMS} words, eight
     * for each phrase and identifier in each language, and those of the filter.
     */
    private static final int MAX_CLAUSES = 4_096;

    static {
        IndexSearcher.setMaxClauseCount(MAX_CLAUSES);
    }

    private final Similarity similarity;
    private final IndexKind.Hnsw kind;
    private final int writeBufferMb;

    LuceneSettings(LuceneConfig config) {
        similarity = new BM25Similarity(config.k1(), config.b());
        kind = kind(config);
        writeBufferMb = config.writeBufferMb();
    }

    /** Returns the kind of a collection for which none was chosen. */
    static IndexKind.Hnsw kind(LuceneConfig config) {
        return new IndexKind.Hnsw(config.m(), config.efConstruction(), Float.SIZE, config.ef(), 1);
    }

    IndexKind.Hnsw kind() {
        return kind;
    }

    IndexWriterConfig writerConfig(ChosenCodec codec, MergePolicy policy) {
        ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
        merges.setMaxMergesAndThreads(4, 1);
        return new IndexWriterConfig(PassageAnalyzer.ofAllWords(Language.ENGLISH))
                .setSimilarity(similarity)
                .setCodec(codec)
                .setMergePolicy(policy)
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
