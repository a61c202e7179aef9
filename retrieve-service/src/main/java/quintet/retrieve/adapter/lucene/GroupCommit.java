package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.retrieve.model.DocumentHead;

/**
 * Makes one commit of all writes of a collection that wait: while one commit is written, and for some time after it, the next
 * batch gathers, so that a busy writer fills its batches and an idle one waits for nothing.
 */
final class GroupCommit {
    private static final Logger LOG = Logger.getLogger(GroupCommit.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** A commit costs much the same for one write as for many: a busy collection may spend a quarter of its time on them. */
    private static final int PAUSE_PER_COMMIT = 3;

    /** Bound of a pause: what a long commit, with a merge of segments, makes the next write wait. */
    private static final long MAX_PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    private final Committer committer;
    private final Executor threads;
    private final int maxBatch;
    private final BlockingQueue<Pending> queue;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile long notBefore = System.nanoTime();

    /** Commits all changes or, after an exception, none. */
    interface Committer {
        List<Change.Outcome> commit(List<Change> changes) throws IOException;
    }

    private record Pending(Change change, CompletableFuture<DocumentHead> head) {}

    GroupCommit(Committer committer, Executor threads, int queueBound, int maxBatch) {
        this.committer = committer;
        this.threads = threads;
        this.maxBatch = maxBatch;
        this.queue = new ArrayBlockingQueue<>(queueBound);
    }

    /** Returns the document's head once the change is committed. Blocks the calling thread. */
    DocumentHead submit(Change change) {
        Pending pending = new Pending(change, new CompletableFuture<>());
        if (!queue.offer(pending)) {
            throw Failure.overloaded(
                    "OVERLOADED",
                    "%d writes of collection '%s' are waiting, which is the bound"
                            .formatted(queue.size(), change.ref().collection()),
                    RETRY_AFTER);
        }
        schedule();
        try {
            return pending.head().get();
        } catch (ExecutionException e) {
            throw IndexFailures.writing(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("STOPPING", "the service is stopping", e);
        }
    }

    /** Returns the number of writes that wait for the next commit. */
    int waiting() {
        return queue.size();
    }

    private void schedule() {
        if (!queue.isEmpty() && scheduled.compareAndSet(false, true)) {
            long pause = notBefore - System.nanoTime();
            if (pause <= 0) {
                start();
            } else {
                CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(this::start);
            }
        }
    }

    private void start() {
        try {
            threads.execute(this::drain);
        } catch (RuntimeException stopping) {
            scheduled.set(false);
            List<Pending> refused = new ArrayList<>();
            queue.drainTo(refused);
            refused.forEach(each -> each.head().completeExceptionally(stopping));
        }
    }

    private void drain() {
        List<Pending> batch = new ArrayList<>();
        queue.drainTo(batch, maxBatch);
        long begun = System.nanoTime();
        try {
            commit(batch);
        } finally {
            long end = System.nanoTime();
            notBefore = end + Math.min(MAX_PAUSE_NANOS, PAUSE_PER_COMMIT * (end - begun));
            scheduled.set(false);
            schedule();
        }
    }

    private void commit(List<Pending> batch) {
        try {
            List<Change.Outcome> outcomes =
                    committer.commit(batch.stream().map(Pending::change).toList());
            for (int i = 0; i < batch.size(); i++) {
                complete(batch.get(i).head(), outcomes.get(i));
            }
        } catch (IOException | RuntimeException e) {
            if (batch.size() == 1) {
                batch.getFirst().head().completeExceptionally(e);
            } else {
                LOG.infof(e, "commit of %d writes failed, each is tried alone", batch.size());
                batch.forEach(each -> commit(List.of(each)));
            }
        } catch (Error e) {
            batch.forEach(each -> each.head().completeExceptionally(e));
            throw e;
        }
    }

    private static void complete(CompletableFuture<DocumentHead> head, Change.Outcome outcome) {
        if (outcome.head() != null) {
            head.complete(outcome.head());
        } else if (outcome.failure() != null) {
            head.completeExceptionally(outcome.failure());
        }
    }
}
