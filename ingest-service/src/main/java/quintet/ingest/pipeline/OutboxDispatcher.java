package quintet.ingest.pipeline;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.port.EventPublisher;
import quintet.ingest.port.Outbox;

/**
 * Publishes what waits in the outbox, batch after batch, on one thread that lives as long as the service. What is not
 * confirmed stays and is published again: delivery is at least once.
 */
@ApplicationScoped
public class OutboxDispatcher {
    private static final Logger LOG = Logger.getLogger(OutboxDispatcher.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PACE = Duration.ofMillis(10);
    private static final int MAX_DOUBLINGS = 4;

    private final Outbox outbox;
    private final EventPublisher publisher;
    private final int batch;
    private final Duration poll;
    private final Duration pause;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean stopping;
    private @Nullable Thread thread;

    OutboxDispatcher(Outbox outbox, EventPublisher publisher, OutboxConfig config) {
        this.outbox = outbox;
        this.publisher = publisher;
        batch = config.batch();
        poll = config.poll();
        pause = config.pause();
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("outbox").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        wake();
        if (thread != null && !thread.join(STOP_TIMEOUT)) {
            thread.interrupt();
        }
    }

    /** Says that there are new events, or that work is done and makes room for others; call it after the commit. */
    public void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    private void run() {
        int failures = 0;
        try {
            while (!stopping) {
                long begun = System.nanoTime();
                try {
                    int published = outbox.drain(batch, publisher::publish);
                    failures = 0;
                    if (published < batch) {
                        await(poll);
                        pace(begun);
                    }
                } catch (RuntimeException e) {
                    Failure failure = Failure.of(e);
                    LOG.warnf(
                            failures == 0 ? e : null,
                            "outbox not emptied, reason=%s failures=%d",
                            failure.reason(),
                            failures + 1);
                    await(pause.multipliedBy(1L << Math.min(failures++, MAX_DOUBLINGS)));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("outbox interrupted");
        }
    }

    private void await(Duration atMost) throws InterruptedException {
        if (work.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    /** Gathers what comes right after a round into the next one; after a quiet time nothing waits for it. */
    private void pace(long begun) throws InterruptedException {
        long left = PACE.toNanos() - (System.nanoTime() - begun);
        if (left > 0 && !stopping) {
            TimeUnit.NANOSECONDS.sleep(left);
            work.drainPermits();
        }
    }
}
