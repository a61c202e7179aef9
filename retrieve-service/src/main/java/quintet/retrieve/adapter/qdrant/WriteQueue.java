package quintet.retrieve.adapter.qdrant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.retrieve.model.DocumentHead;

/**
 * Puts writes that wait for the same collection into one commit: whoever has the turn commits what has come meanwhile, a
 * document at most once, and the others find their work done.
 */
final class WriteQueue {
    private static final Logger LOG = Logger.getLogger(WriteQueue.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Committer committer;
    private final int bound;
    private final int maxBatch;
    private final Set<Pending> waiting = new LinkedHashSet<>();
    private final ReentrantLock turn = new ReentrantLock();

    /** Commits all changes or, after an exception, none. */
    interface Committer {
        List<Change.Outcome> commit(List<Change> changes);
    }

    private static final class Pending {
        private final Change change;
        private final CompletableFuture<DocumentHead> head = new CompletableFuture<>();

        Pending(Change change) {
            this.change = change;
        }
    }

    WriteQueue(Committer committer, int bound, int maxBatch) {
        this.committer = committer;
        this.bound = bound;
        this.maxBatch = maxBatch;
    }

    /** Returns the document's head once the change is committed. Blocks the calling thread. */
    DocumentHead submit(Change change) {
        Pending pending = new Pending(change);
        enqueue(pending);
        turn.lock();
        try {
            while (!pending.head.isDone()) {
                commit(nextBatch());
            }
        } finally {
            turn.unlock();
        }
        try {
            return pending.head.get();
        } catch (ExecutionException e) {
            throw Failure.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("STOPPING", "the service is stopping", e);
        }
    }

    private void enqueue(Pending pending) {
        synchronized (waiting) {
            if (waiting.size() >= bound) {
                throw Failure.overloaded(
                        "OVERLOADED",
                        "%d writes of collection '%s' are waiting, which is the bound"
                                .formatted(waiting.size(), pending.change.ref().collection()),
                        RETRY_AFTER);
            }
            waiting.add(pending);
        }
    }

    private List<Pending> nextBatch() {
        List<Pending> batch = new ArrayList<>();
        Set<String> documents = new HashSet<>();
        synchronized (waiting) {
            Iterator<Pending> each = waiting.iterator();
            while (each.hasNext() && batch.size() < maxBatch) {
                Pending next = each.next();
                if (documents.add(next.change.ref().documentId())) {
                    batch.add(next);
                    each.remove();
                }
            }
        }
        return batch;
    }

    private void commit(List<Pending> batch) {
        try {
            List<Change.Outcome> outcomes =
                    committer.commit(batch.stream().map(each -> each.change).toList());
            for (int i = 0; i < batch.size(); i++) {
                complete(batch.get(i), outcomes.get(i));
            }
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                batch.getFirst().head.completeExceptionally(e);
            } else {
                LOG.infof("commit of %d writes failed, each is tried alone: %s", batch.size(), e.getMessage());
                batch.forEach(each -> commit(List.of(each)));
            }
        } catch (Error e) {
            batch.forEach(each -> each.head.completeExceptionally(e));
            throw e;
        }
    }

    private static void complete(Pending pending, Change.Outcome outcome) {
        if (outcome.head() != null) {
            pending.head.complete(outcome.head());
        } else if (outcome.failure() != null) {
            pending.head.completeExceptionally(outcome.failure());
        }
    }
}
