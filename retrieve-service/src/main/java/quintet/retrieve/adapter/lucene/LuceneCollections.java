package quintet.retrieve.adapter.lucene;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import quintet.retrieve.model.CollectionName;

/** The collections of this process. Keeps a bounded number of indexes open. */
@ApplicationScoped
class LuceneCollections {
    private static final Logger LOG = Logger.getLogger(LuceneCollections.class);
    private static final int STOP_SECONDS = 8;

    private final Path folder;
    private final int maxOpen;
    private final int writeQueue;
    private final int maxBatch;
    private final LuceneSettings settings;
    private final MeterRegistry metrics;
    private final Timer commitTime;
    private final ExecutorService writers;
    private final Map<CollectionName, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** A collection and the queue of its writes. */
    record Entry(LuceneCollection collection, GroupCommit writes) {}

    LuceneCollections(LuceneConfig config, MeterRegistry metrics) {
        folder = config.dataDir();
        maxOpen = config.maxOpen();
        writeQueue = config.writeQueue();
        maxBatch = config.maxBatch();
        settings = new LuceneSettings(config);
        this.metrics = metrics;
        commitTime = Timer.builder("quintet.retrieve.commit")
                .description("Time of a commit, from the first write in it until searches see it")
                .register(metrics);
        writers = Executors.newFixedThreadPool(
                config.writeThreads(),
                Thread.ofPlatform().daemon().name("index-", 0).factory());
    }

    /** Returns a collection, which need not exist on disk. */
    Entry get(CollectionName name) {
        List<LuceneCollection> unused;
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(name, this::create);
            unused = excess();
        }
        unused.forEach(LuceneCollections::closeQuietly);
        return entry;
    }

    /** Returns the names of the collections that have a folder, in order. */
    List<CollectionName> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(CollectionName::isValid)
                    .map(CollectionName::new)
                    .sorted()
                    .toList();
        }
    }

    private Entry create(CollectionName name) {
        LuceneCollection collection = new LuceneCollection(folder.resolve(name.value()), settings);
        var _ = Gauge.builder("quintet.retrieve.passages", collection, LuceneCollection::passageCount)
                .description("Passages that searches find")
                .tag("collection", name.value())
                .register(metrics);
        GroupCommit writes = new GroupCommit(
                changes -> {
                    Timer.Sample begun = Timer.start();
                    List<Change.Outcome> outcomes = collection.commit(changes);
                    var _ = begun.stop(commitTime);
                    return outcomes;
                },
                writers,
                writeQueue,
                maxBatch);
        return new Entry(collection, writes);
    }

    /** Returns the open collections beyond the bound, those unused for longest; the newest use is never among them. */
    private List<LuceneCollection> excess() {
        List<LuceneCollection> open = new ArrayList<>(entries.values().stream()
                .map(Entry::collection)
                .filter(LuceneCollection::isOpen)
                .toList());
        return open.size() <= maxOpen ? List.of() : open.subList(0, open.size() - maxOpen);
    }

    private static void closeQuietly(LuceneCollection collection) {
        try {
            var _ = collection.closeIfIdle();
        } catch (IOException e) {
            LOG.warnf(e, "an index could not be closed");
        }
    }

    /** Ends the writes that have begun and closes every index. */
    @PreDestroy
    void close() {
        writers.shutdown();
        try {
            if (!writers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warnf("a commit is still under way after %d s; its messages will be delivered again", STOP_SECONDS);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (entries) {
            entries.values().forEach(entry -> closeQuietly(entry.collection()));
            entries.clear();
        }
    }
}
