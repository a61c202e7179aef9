package quintet.retrieve.adapter.qdrant;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.port.PassageWords;

/** The collections that this process writes to Qdrant, and what cleans up behind them. */
@ApplicationScoped
class QdrantCollections {
    private static final Logger LOG = Logger.getLogger(QdrantCollections.class);

    private final QdrantStore store;
    private final MeterRegistry metrics;
    private final Timer commitTime;
    private final Map<CollectionName, Entry> entries = new ConcurrentHashMap<>();
    private final ScheduledExecutorService cleaner = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("qdrant-cleaner").factory());

    /** A collection, the queue of its writes and the identifiers of its documents. */
    record Entry(QdrantCollection collection, WriteQueue writes, DocumentIds ids) {}

    QdrantCollections(QdrantConfig config, QdrantCalls calls, PassageWords words, MeterRegistry metrics) {
        store = QdrantStore.of(config, calls, words);
        this.metrics = metrics;
        commitTime = Timer.builder("quintet.retrieve.commit")
                .description("Time of a commit, from the first write in it until searches see it")
                .register(metrics);
    }

    /** Starts to clean up, also behind the process before this one. */
    void start(@Observes StartupEvent started) {
        if (store.config().url().isPresent()) {
            long pause = Math.max(1000, store.config().keepReplaced().toMillis() / 2);
            cleaner.execute(this::lookAround);
            var _ = cleaner.scheduleWithFixedDelay(this::clean, pause, pause, TimeUnit.MILLISECONDS);
        }
    }

    private void lookAround() {
        try {
            names().forEach(name -> get(name).collection().purgeLater());
        } catch (Failure e) {
            LOG.warnf("Qdrant does not tell its collections, reason=%s: %s", e.reason(), e.getMessage());
        }
    }

    private void clean() {
        try {
            entries.values().forEach(entry -> {
                entry.collection().purge();
                entry.ids().forgetIfUnused();
            });
        } catch (RuntimeException e) {
            // An exception would be the end of the schedule.
            LOG.errorf(e, "cleaning up behind collections failed");
        }
    }

    QdrantStore store() {
        return store;
    }

    /** Returns a collection, which need not exist in Qdrant. */
    Entry get(CollectionName name) {
        return entries.computeIfAbsent(name, this::create);
    }

    /** Returns the names of the collections in Qdrant, in order. */
    List<CollectionName> names() {
        return names(
                store.calls().read(qdrant -> qdrant.collections().list(ListCollectionsRequest.getDefaultInstance())));
    }

    /** Returns the names of the collections among all that Qdrant has, in order. */
    List<CollectionName> names(ListCollectionsResponse all) {
        return all.getCollectionsList().stream()
                .map(each -> store.names().ofHeads(each.getName()))
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    private Entry create(CollectionName name) {
        QdrantCollection collection = new QdrantCollection(name, store);
        DocumentIds ids = new DocumentIds();
        var _ = Gauge.builder("quintet.retrieve.passages", collection, QdrantCollection::passageCount)
                .description("Passages that searches find")
                .tag("collection", name.value())
                .register(metrics);
        WriteQueue writes = new WriteQueue(
                changes -> {
                    Timer.Sample begun = Timer.start();
                    List<Change.Outcome> outcomes = collection.commit(changes);
                    list(changes, outcomes, ids);
                    var _ = begun.stop(commitTime);
                    return outcomes;
                },
                store.config().writeQueue(),
                store.config().maxBatch());
        return new Entry(collection, writes, ids);
    }

    /** Only what has a head may be listed: a page with gaps would look like the last one. */
    private static void list(List<Change> changes, List<Change.Outcome> outcomes, DocumentIds ids) {
        for (int i = 0; i < changes.size(); i++) {
            if (outcomes.get(i).head() != null) {
                ids.add(changes.get(i).ref().documentId());
            }
        }
    }

    @PreDestroy
    void close() {
        cleaner.shutdownNow();
        entries.values().forEach(entry -> entry.collection().close());
        store.calls().close();
    }
}
