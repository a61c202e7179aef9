package quintet.ingest.pipeline;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import quintet.failure.Failure;

/**
 * Does one kind of work again and again on a virtual thread of its own, from {@link #start} to {@link #stop}. Waits when there
 * was nothing to do, and longer with each failure.
 */
public final class BackgroundLoop {
    private static final Logger LOG = Logger.getLogger(BackgroundLoop.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MAX_DOUBLINGS = 4;

    private final String name;
    private final Work work;
    private final Duration poll;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    /** A bounded piece of work. */
    @FunctionalInterface
    public interface Work {
        /** Returns whether there is more to do at once. */
        boolean run() throws InterruptedException;
    }

    /**
     * Makes a loop that does not run yet.
     *
     * @param poll longest wait before looking for work that nobody announced
     */
    public BackgroundLoop(String name, Duration poll, Work work) {
        this.name = name;
        this.poll = poll;
        this.work = work;
        thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Begins; once only. */
    public void start() {
        thread.start();
    }

    /** Lets the piece of work under way end, for some seconds. */
    public void stop() throws InterruptedException {
        stopping = true;
        wake();
        if (thread.getState() != Thread.State.NEW && !thread.join(STOP_TIMEOUT)) {
            thread.interrupt();
        }
    }

    /** Says that there is work. */
    public void wake() {
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }

    private void run() {
        int failures = 0;
        try {
            while (!stopping) {
                try {
                    boolean more = work.run();
                    failures = 0;
                    if (!more) {
                        await(poll);
                    }
                } catch (RuntimeException e) {
                    LOG.warnf(
                            failures == 0 ? e : null,
                            "%s failed, reason=%s failures=%d",
                            name,
                            Failure.of(e).reason(),
                            failures + 1);
                    await(FIRST_PAUSE.multipliedBy(1L << Math.min(failures++, MAX_DOUBLINGS)));
                }
            }
        } catch (InterruptedException e) {
            LOG.debugf("%s interrupted", name);
        }
    }

    private void await(Duration atMost) throws InterruptedException {
        if (wakes.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            wakes.drainPermits();
        }
    }
}
