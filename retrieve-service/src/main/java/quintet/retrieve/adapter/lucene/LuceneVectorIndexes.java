package quintet.retrieve.adapter.lucene;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.util.ThreadInterruptedException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.IndexState;
import quintet.retrieve.port.VectorIndexes;

/**
 * {@link VectorIndexes} over Lucene: a rebuild rewrites one segment after the other, each in a commit of its own, so that
 * nothing is lost by a crash but the segment that was under way. It goes on after a restart. One collection is rebuilt at a
 * time.
 */
@ApplicationScoped
@Identifier("lucene")
class LuceneVectorIndexes implements VectorIndexes {
    private static final Logger LOG = Logger.getLogger(LuceneVectorIndexes.class);
    private static final int ATTEMPTS = 10;
    private static final long PAUSE_MS = 500;
    private static final int STOP_SECONDS = 5;

    private final LuceneCollections collections;
    private final ExecutorService rebuilds = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("index-rebuild").factory());

    LuceneVectorIndexes(LuceneCollections collections) {
        this.collections = collections;
    }

    /** Begins where a restart interrupted, unless the index lies elsewhere. */
    void start(
            @Observes StartupEvent started,
            @ConfigProperty(name = "quintet.retrieve.qdrant.url") Optional<String> elsewhere) {
        if (elsewhere.isEmpty()) {
            resume();
        }
    }

    /** Takes up the rebuilds that a restart interrupted. */
    void resume() {
        rebuilds.execute(() -> {
            try {
                for (CollectionName name : collections.names()) {
                    rebuild(name);
                }
            } catch (IOException e) {
                LOG.warnf(e, "the collections could not be looked through for rebuilds");
            }
        });
    }

    @Override
    public IndexState state(CollectionName name) {
        try {
            return collections.get(name).collection().indexState().orElseThrow(() -> notFound(name));
        } catch (IOException e) {
            throw IndexFailures.reading(e);
        }
    }

    @Override
    public IndexState choose(CollectionName name, IndexKind kind) {
        LuceneCollection collection = collections.get(name).collection();
        try {
            collection.choose(kind);
        } catch (IOException | RuntimeException e) {
            throw IndexFailures.writing(e);
        }
        rebuilds.execute(() -> rebuild(name));
        return state(name);
    }

    private static Failure notFound(CollectionName name) {
        return Failure.notFound(
                "COLLECTION_NOT_FOUND",
                "collection '%s' has no index: nothing was ingested into it, or nothing of it is READY yet",
                name.shown());
    }

    /** Rewrites segments until all are of the chosen kind. Writes that fail meanwhile close the writer; it is opened again. */
    private void rebuild(CollectionName name) {
        int failed = 0;
        Optional<String> last = Optional.empty();
        while (failed < ATTEMPTS) {
            try {
                Optional<String> rewritten = collections.get(name).collection().rebuildNext();
                if (rewritten.isEmpty()) {
                    return;
                }
                if (rewritten.equals(last)) {
                    Thread.sleep(PAUSE_MS);
                }
                last = rewritten;
            } catch (InterruptedException | ThreadInterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | RuntimeException e) {
                failed++;
                LOG.warnf(e, "collection %s could not be rebuilt, attempt %d of %d", name, failed, ATTEMPTS);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
            }
        }
    }

    /** Leaves a rebuild where it is; the next start takes it up. */
    @PreDestroy
    void close() {
        rebuilds.shutdownNow();
        try {
            var _ = rebuilds.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
