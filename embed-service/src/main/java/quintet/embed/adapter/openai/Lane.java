package quintet.embed.adapter.openai;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import quintet.encoder.work.Priority;
import quintet.failure.Failure;

/**
 * The way to one server. All requests wait here while the server has asked for a pause. When it ends, those that somebody waits for go
 * first: the others wait until they are back.
 */
final class Lane {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Duration maxPause;
    private long resume = System.nanoTime();
    private int heldUp;

    Lane(Duration maxPause) {
        this.maxPause = maxPause;
    }

    /** A request that is on its way, until it is closed. */
    final class Pass implements AutoCloseable {
        private final boolean first;

        private Pass(boolean first) {
            this.first = first;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                heldUp -= first ? 1 : 0;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits until a request may go.
     *
     * @throws Failure of kind OVERLOADED if the pause is longer than is waited out
     */
    Pass enter(Priority priority) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean first = priority == Priority.INTERACTIVE && left() > 0;
            Pass pass = new Pass(first);
            heldUp += first ? 1 : 0;
            try {
                await(priority);
                return pass;
            } catch (InterruptedException | Failure e) {
                pass.close();
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(Priority priority) throws InterruptedException {
        for (long left = left(); left > 0 || (priority == Priority.BULK && heldUp > 0); left = left()) {
            if (left > maxPause.toNanos()) {
                throw Failure.overloaded(
                        "OVERLOADED",
                        "the embedding server wants no requests for %d s"
                                .formatted(Duration.ofNanos(left).toSeconds()),
                        Duration.ofNanos(left));
            }
            if (left > 0) {
                long _ = changed.awaitNanos(left);
            } else {
                changed.await();
            }
        }
    }

    /** Lets nobody go for a while; a longer pause that has begun stays. */
    void pause(Duration pause) {
        lock.lock();
        try {
            long end = System.nanoTime() + pause.toNanos();
            if (end - resume > 0) {
                resume = end;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private long left() {
        return resume - System.nanoTime();
    }
}
