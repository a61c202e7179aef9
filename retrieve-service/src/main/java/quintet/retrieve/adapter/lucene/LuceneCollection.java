package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.IndexState;
import quintet.retrieve.model.ModelRef;

/**
 * The index of one collection on disk. Opened when it is first used, closed and opened again at any time.
 *
 * <p>Searches see commits only, never what a crash could take back. One thread writes at a time, beside one that rebuilds.
 */
final class LuceneCollection implements AutoCloseable {
    private final Path folder;
    private final LuceneSettings settings;
    private final PassageDocuments documents = new PassageDocuments();
    private final ChosenCodec codec;
    private final SegmentKinds kinds;
    private final InUseMark mark;
    private final RebuildMergePolicy policy = new RebuildMergePolicy();
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock commits = new ReentrantLock();
    private @Nullable Directory directory;
    private @Nullable SearcherManager searchers;
    private @Nullable IndexWriter writer;
    private int writing;
    private volatile long passageCount;

    LuceneCollection(Path folder, LuceneSettings settings) {
        this.folder = folder;
        this.settings = settings;
        this.codec = new ChosenCodec(settings.kind());
        this.kinds = new SegmentKinds(settings.kind());
        this.mark = new InUseMark(folder);
    }

    PassageDocuments documents() {
        return documents;
    }

    /** Returns the number of passages of the last commit that was looked at. */
    long passageCount() {
        return passageCount;
    }

    /** Returns a searcher of the last commit, which the caller releases; empty if nothing was ever committed. */
    Optional<IndexSearcher> acquire() throws IOException {
        lock.lock();
        try {
            if (searchers == null) {
                if (!Files.isDirectory(folder) || !DirectoryReader.indexExists(directory())) {
                    return Optional.empty();
                }
                mark.verifyIfLeft(directory());
                searchers = new SearcherManager(directory(), settings.searcherFactory());
                passageCount = count(PassageDocuments.KIND_PASSAGE, searchers);
            }
            return Optional.of(searchers.acquire());
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of a searcher; works after {@link #close()} too. */
    static void release(IndexSearcher searcher) throws IOException {
        searcher.getIndexReader().decRef();
    }

    static Optional<ModelRef> model(IndexSearcher searcher) throws IOException {
        return CommitData.model(
                ((DirectoryReader) searcher.getIndexReader()).getIndexCommit().getUserData());
    }

    /** Returns how the vectors of a commit are searched: as was chosen, or else as is configured. */
    IndexKind kind(IndexSearcher searcher) throws IOException {
        return CommitData.kind(((DirectoryReader) searcher.getIndexReader())
                        .getIndexCommit()
                        .getUserData())
                .orElse(settings.kind());
    }

    static long count(IndexSearcher searcher, String kind) throws IOException {
        return searcher.count(new TermQuery(new Term(PassageDocuments.KIND, kind)));
    }

    Optional<DocumentHead> head(IndexSearcher searcher, String documentId) throws IOException {
        TopDocs found = searcher.search(new TermQuery(PassageDocuments.headOf(documentId)), 1);
        return found.scoreDocs.length == 0
                ? Optional.empty()
                : Optional.of(documents.readHead(searcher.storedFields().document(found.scoreDocs[0].doc)));
    }

    /**
     * Writes all changes in one commit, which is durable and searchable when this returns. After an exception none of them
     * is.
     */
    List<Change.Outcome> commit(List<Change> changes) throws IOException {
        setWriting(1);
        commits.lock();
        Optional<IndexSearcher> before = Optional.empty();
        try {
            before = acquire();
            IndexBatch batch = new IndexBatch(writer(), committed(before), documents);
            List<Change.Outcome> outcomes = new ArrayList<>();
            for (Change change : changes) {
                outcomes.add(batch.apply(change));
            }
            if (batch.changed()) {
                commit(CommitData.of(batch.model(), CommitData.kind(committed(writer()))));
            }
            return outcomes;
        } catch (Throwable e) {
            rollback(e);
            throw e;
        } finally {
            if (before.isPresent()) {
                release(before.get());
            }
            commits.unlock();
            setWriting(-1);
        }
    }

    /** Chooses how vectors are searched; durable when this returns, and what {@link #rebuildNext} works towards. */
    void choose(IndexKind kind) throws IOException {
        setWriting(1);
        commits.lock();
        try {
            Map<String, String> data = committed(writer());
            codec.choose(kind);
            commit(CommitData.of(CommitData.model(data), Optional.of(kind)));
        } catch (Throwable e) {
            rollback(e);
            throw e;
        } finally {
            commits.unlock();
            setWriting(-1);
        }
    }

    /** Returns how vectors are searched as of the last commit; empty if nothing was ever committed. */
    Optional<IndexState> indexState() throws IOException {
        Optional<IndexSearcher> searcher = acquire();
        if (searcher.isEmpty()) {
            return Optional.empty();
        }
        try {
            IndexKind kind = kind(searcher.get());
            long passages = count(searcher.get(), PassageDocuments.KIND_PASSAGE);
            return Optional.of(new IndexState(kind, passages, passages - kinds.passagesNotOf(kind, searcher.get())));
        } finally {
            release(searcher.get());
        }
    }

    /**
     * Rewrites one segment that is of another kind than the chosen one, and commits. Searches and writes go on meanwhile.
     *
     * @return its name; empty if there was none. The same name again means that Lucene is merging it anyway.
     */
    Optional<String> rebuildNext() throws IOException {
        setWriting(1);
        try {
            Optional<String> segment = segmentOfAnotherKind();
            if (segment.isPresent()) {
                policy.rewrite(segment.get());
                writer().forceMerge(1);
                commits.lock();
                try {
                    // What was written by then is whole: batches commit or roll back under the same lock.
                    commit(committed(writer()));
                } finally {
                    commits.unlock();
                }
            }
            return segment;
        } finally {
            setWriting(-1);
        }
    }

    private Optional<String> segmentOfAnotherKind() throws IOException {
        Optional<IndexSearcher> searcher = acquire();
        if (searcher.isEmpty()) {
            return Optional.empty();
        }
        try {
            return kinds.segmentNotOf(kind(searcher.get()), searcher.get());
        } finally {
            release(searcher.get());
        }
    }

    /** Commits what was written, beside it {@code data}, and shows it to searches. */
    private void commit(Map<String, String> data) throws IOException {
        writer().setLiveCommitData(data.entrySet());
        writer().commit();
        refresh();
    }

    /** Returns what is committed beside the documents. */
    private static Map<String, String> committed(IndexWriter writer) {
        Map<String, String> data = new HashMap<>();
        writer.getLiveCommitData().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        return data;
    }

    private IndexBatch.Committed committed(Optional<IndexSearcher> searcher) {
        return new IndexBatch.Committed() {
            @Override
            public Optional<DocumentHead> head(String documentId) throws IOException {
                return searcher.isEmpty() ? Optional.empty() : LuceneCollection.this.head(searcher.get(), documentId);
            }

            @Override
            public long passageCount() throws IOException {
                return searcher.isEmpty() ? 0 : count(searcher.get(), PassageDocuments.KIND_PASSAGE);
            }

            @Override
            public Optional<ModelRef> model() throws IOException {
                return searcher.isEmpty() ? Optional.empty() : LuceneCollection.model(searcher.get());
            }
        };
    }

    private void refresh() throws IOException {
        SearcherManager open = searchers;
        if (open != null) {
            open.maybeRefreshBlocking();
            passageCount = count(PassageDocuments.KIND_PASSAGE, open);
        }
    }

    private static long count(String kind, SearcherManager searchers) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return count(searcher, kind);
        } finally {
            searchers.release(searcher);
        }
    }

    private Directory directory() throws IOException {
        if (directory == null) {
            directory = FSDirectory.open(folder);
        }
        return directory;
    }

    private IndexWriter writer() throws IOException {
        lock.lock();
        try {
            if (writer == null || !writer.isOpen()) {
                Directory open = directory();
                mark.set();
                writer = new IndexWriter(open, settings.writerConfig(codec, policy));
                codec.choose(CommitData.kind(committed(writer)).orElse(settings.kind()));
            }
            return writer;
        } finally {
            lock.unlock();
        }
    }

    private void rollback(Throwable why) {
        lock.lock();
        try {
            if (writer != null) {
                writer.rollback();
            }
        } catch (IOException | RuntimeException e) {
            why.addSuppressed(e);
        } finally {
            writer = null;
            lock.unlock();
        }
    }

    private void setWriting(int more) {
        lock.lock();
        try {
            writing += more;
        } finally {
            lock.unlock();
        }
    }

    /** Closes what is open, unless a write is under way; returns whether it is closed now. */
    boolean closeIfIdle() throws IOException {
        lock.lock();
        try {
            if (writing > 0) {
                return false;
            }
            close();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether files are open. */
    boolean isOpen() {
        lock.lock();
        try {
            return searchers != null || writer != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            boolean written = writer != null;
            closeFiles();
            if (written) {
                mark.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private void closeFiles() throws IOException {
        try (Directory closedLast = directory;
                IndexWriter closedNext = writer;
                SearcherManager closedFirst = searchers) {
            directory = null;
            writer = null;
            searchers = null;
        }
    }
}
