package quintet.ingest.pipeline.reindex;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.GenerationChoice;
import quintet.ingest.model.Reindex;
import quintet.ingest.model.ReindexAction;
import quintet.ingest.model.ReindexOrder;
import quintet.ingest.model.ReindexProgress;
import quintet.ingest.model.ReindexState;
import quintet.ingest.pipeline.BackgroundLoop;
import quintet.ingest.pipeline.RetryPipeline;
import quintet.ingest.port.IndexGenerations;
import quintet.ingest.port.ReindexRegistry;

/**
 * Builds collections anew beside themselves, with other settings: the next generation of a collection is a collection of its own,
 * made of the bytes that are kept, which goes the way of all documents and is written with the live one from then on. When it is
 * whole both are asked the same questions, and if it holds the bounds it goes live: at once for searches, and then for all else.
 * Going back is as quick, until the old one is deleted. Blocking: call it on a virtual thread.
 */
@ApplicationScoped
public class ReindexPipeline {
    private static final Logger LOG = Logger.getLogger(ReindexPipeline.class);

    private final ReindexRegistry registry;
    private final IndexGenerations index;
    private final ReindexSteps steps;
    private final RetryPipeline retries;
    private final BackgroundLoop loop;
    private final BackgroundLoop reminder;

    ReindexPipeline(
            ReindexRegistry registry,
            IndexGenerations index,
            ReindexSteps steps,
            RetryPipeline retries,
            ReindexConfig config) {
        this.registry = registry;
        this.index = index;
        this.steps = steps;
        this.retries = retries;
        loop = new BackgroundLoop("re-index", config.poll(), this::advance);
        reminder = new BackgroundLoop("live generations", config.remindEvery(), this::remind);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
        reminder.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
        reminder.stop();
    }

    /**
     * Begins a re-index. Returns once that is durable.
     *
     * @throws Failure NOT_FOUND, reason COLLECTION_NOT_FOUND; CONFLICT, reason REINDEX_ACTIVE; INVALID_INPUT, reason
     *     INVALID_INDEX; UNAVAILABLE, reason INDEX_UNAVAILABLE, if a kind of index is asked for
     */
    public Reindex begin(String collection, ReindexOrder order) {
        // What the index refuses, or does not answer, costs a number and no more.
        String generation = registry.name(collection);
        if (order.index() != null) {
            index.chooseIndex(generation, order.index());
        }
        Reindex reindex = registry.begin(collection, generation, order);
        LOG.infof("re-index begun, collection=%s generation=%s", collection, generation);
        loop.wake();
        return reindex;
    }

    /** Returns the newest re-index of a collection; fails with NOT_FOUND, reason REINDEX_NOT_FOUND. */
    public Reindex get(String collection) {
        return registry.newest(collection)
                .orElseThrow(() -> Failure.notFound(
                        "REINDEX_NOT_FOUND", "collection '%s' was never re-indexed", DocumentKey.shown(collection)));
    }

    /** Returns how far it is; absent once one of the generations is deleted. */
    public @Nullable ReindexProgress progress(Reindex reindex) {
        return reindex.state().isOver() ? null : registry.progress(reindex);
    }

    /**
     * Does what somebody decided. What the index has to be told for it is told at once, or else as soon as it answers: the state
     * that is returned says which.
     *
     * @throws Failure NOT_FOUND, reason REINDEX_NOT_FOUND; CONFLICT, reason REINDEX_STATE
     */
    public Reindex act(String collection, ReindexAction action) {
        if (action == ReindexAction.RETRY && action.isPossibleIn(get(collection).state())) {
            // First, so that nobody finds the new generation at rest and gives up on it.
            int _ = retries.retryFailed(get(collection).newGeneration());
        }
        Reindex decided = registry.act(collection, action);
        LOG.infof("re-index decided on, collection=%s action=%s", collection, action.wireName());
        if (decided.state() == ReindexState.SWITCHING || decided.state() == ReindexState.ROLLING_BACK) {
            try {
                boolean _ = steps.advance(decided);
            } catch (Failure failure) {
                LOG.warnf("not switched yet, reason=%s: %s", failure.reason(), failure.message());
            }
        }
        loop.wake();
        return get(collection);
    }

    /** Takes a step of each; one that fails does not keep the others. */
    private boolean advance() {
        @Nullable Failure failed = null;
        boolean more = false;
        for (Reindex reindex : registry.in(ReindexState.MOVING)) {
            try {
                more |= steps.advance(reindex);
            } catch (Failure failure) {
                failed = failure;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return more;
    }

    /** Tells the index what it was told before; it may have been set up anew or from an old copy. */
    private boolean remind() {
        List<GenerationChoice> choices = registry.choices();
        choices.forEach(index::choose);
        return false;
    }
}
