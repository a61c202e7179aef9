package quintet.ingest.pipeline.reindex;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.GenerationChoice;
import quintet.ingest.model.GenerationComparison;
import quintet.ingest.model.Reindex;
import quintet.ingest.model.Reindex.Notice;
import quintet.ingest.model.ReindexProgress;
import quintet.ingest.model.ReindexState;
import quintet.ingest.port.IndexGenerations;
import quintet.ingest.port.ReindexRegistry;

/**
 * The steps of a re-index: copy, wait until all is found, compare, switch. Each is known from the database alone and can be
 * repeated, so that whatever process lives goes on where one was killed; several may take the same step. Blocking.
 */
@ApplicationScoped
class ReindexSteps {
    private static final Logger LOG = Logger.getLogger(ReindexSteps.class);

    private final ReindexRegistry registry;
    private final IndexGenerations index;
    private final GenerationComparer comparer;
    private final int copyBatch;
    private final int compareAttempts;

    ReindexSteps(ReindexRegistry registry, IndexGenerations index, GenerationComparer comparer, ReindexConfig config) {
        this.registry = registry;
        this.index = index;
        this.comparer = comparer;
        copyBatch = config.copyBatch();
        compareAttempts = config.compareAttempts();
    }

    /**
     * Takes the next step.
     *
     * @return whether there may be another one at once; fails if the step could not be taken, which is noted
     */
    boolean advance(Reindex reindex) {
        try {
            return switch (reindex.state()) {
                case BUILDING -> build(reindex);
                case COMPARING -> compare(reindex);
                case SWITCHING -> goLive(reindex, ReindexState.SWITCHED);
                case ROLLING_BACK -> goLive(reindex, ReindexState.ROLLED_BACK);
                case HELD, SWITCHED, ROLLED_BACK, FAILED, FINISHED, DISCARDED -> false;
            };
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e);
            registry.failed(reindex, new Notice(failure.reason(), failure.message() + "; it is tried again"));
            throw failure;
        }
    }

    private boolean build(Reindex reindex) {
        if (!reindex.copied()) {
            return registry.copy(reindex, copyBatch);
        }
        if (registry.isPending(reindex)) {
            return false;
        }
        ReindexProgress progress = registry.progress(reindex);
        return progress.lost() == 0
                ? move(reindex, ReindexState.COMPARING, null, null)
                : move(reindex, ReindexState.FAILED, null, lost(progress));
    }

    private static Notice lost(ReindexProgress progress) {
        return new Notice(
                "DOCUMENTS_FAILED",
                "%d documents that searches find failed in the new generation, such as %s: POST …/reindex/retry when that is"
                                .formatted(
                                        progress.lost(),
                                        progress.some().stream()
                                                .limit(3)
                                                .map(lost -> lost.documentId() + " (" + lost.reason() + ")")
                                                .collect(Collectors.joining(", ")))
                        + " mended, or DELETE …/reindex");
    }

    private boolean compare(Reindex reindex) {
        boolean last = reindex.attempts() + 1 >= compareAttempts;
        GenerationComparison comparison;
        try {
            comparison = comparer.compare(reindex, last);
        } catch (RuntimeException e) {
            if (!last) {
                throw e;
            }
            Failure failure = Failure.of(e);
            return move(
                    reindex,
                    ReindexState.HELD,
                    null,
                    new Notice(
                            "COMPARISON_FAILED",
                            "the generations could not be compared, reason %s: %s. POST …/reindex/compare tries it again"
                                    .formatted(failure.reason(), failure.message())));
        }
        Verdict verdict = Verdict.of(reindex, comparison);
        return move(reindex, verdict.next(), comparison, verdict.notice());
    }

    private boolean move(
            Reindex reindex, ReindexState to, @Nullable GenerationComparison comparison, @Nullable Notice notice) {
        boolean moved = registry.move(reindex, to, comparison, notice);
        if (moved) {
            LOG.infof(
                    "re-index moved on, collection=%s generation=%s state=%s reason=%s",
                    reindex.collection(), reindex.newGeneration(), to, notice == null ? "" : notice.reason());
        }
        return moved;
    }

    /**
     * Lets searches go to the other generation, and then what callers see of documents. In between the two differ, and so they do
     * if the process is killed there, until one takes the step again: both generations hold the same documents.
     */
    private boolean goLive(Reindex reindex, ReindexState to) {
        GenerationChoice choice = registry.choice(reindex);
        index.choose(choice);
        boolean live = registry.goLive(reindex, choice, to);
        if (live) {
            LOG.infof("generation is live, collection=%s generation=%s", choice.collection(), choice.generation());
        }
        return live;
    }
}
