package quintet.messaging;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import quintet.failure.Failure;

/**
 * Settles the deliveries of one queue: acked when the work is done, put aside when it may succeed later, dead-lettered when it
 * can not.
 *
 * <p>A failure that may pass is tried again at once if it came quickly; then the message waits in a retry queue, longer each
 * time, while its neighbours go on. A message is acked only after its copy in the other queue is confirmed: it may come
 * twice, it is never lost. A delivery that somebody had before without settling it may be what ended him: it is counted, put
 * aside, and after the second time handled alone; the limit of the broker, where it has one, is higher.
 */
public final class Deliveries {
    private static final Logger LOG = Logger.getLogger(Deliveries.class);
    private static final int QUICK_TRIES = 3;
    private static final Duration QUICK_PAUSE = Duration.ofMillis(20);
    /** A failure that took longer than this is not tried again at once: its neighbours wait. */
    private static final Duration QUICK = Duration.ofMillis(200);

    private static final int SEND_TRIES = 5;
    private static final Duration SEND_PAUSE = Duration.ofMillis(500);
    private static final int SUSPECT_DEATHS = 2;
    private static final int SPREAD_MS = 500;

    private final QueueSender sender;
    private final String queue;
    private final String stage;
    private final RetryPolicy policy;
    private final ReentrantLock suspects = new ReentrantLock();

    /**
     * Creates what settles the deliveries of {@code queue}.
     *
     * @param stage what the queue's consumer does, for the dead letters
     */
    public Deliveries(QueueSender sender, String queue, String stage, RetryPolicy policy) {
        this.sender = sender;
        this.queue = queue;
        this.stage = stage;
        this.policy = policy;
    }

    /**
     * Parses and handles one delivery on the calling thread, which should be a virtual one.
     *
     * @param work returns once its result is durable
     * @param giveUp told why before the delivery is dead-lettered; if it fails with something that may pass, it is told
     *     again later
     */
    public <T> CompletionStage<Void> settle(
            Delivery delivery, Parser<T> parser, Consumer<T> work, BiConsumer<T, Failure> giveUp) {
        DeliveryHistory history = DeliveryHistory.of(delivery.headers());
        T event;
        try {
            event = parser.parseFrom(delivery.payload());
        } catch (InvalidProtocolBufferException e) {
            Failure malformed = Failure.invalidInput(
                    "MALFORMED_MESSAGE",
                    "%d bytes are no message of queue %s: %s",
                    delivery.payload().length,
                    queue,
                    String.valueOf(e.getMessage()));
            return bury(delivery, history.failed(malformed, Instant.now()));
        }
        if (delivery.redelivered()) {
            return suspect(delivery, event, giveUp, history.died(Instant.now()));
        }
        try {
            if (history.deaths() < SUSPECT_DEATHS) {
                handle(work, event);
            } else {
                handleAlone(work, event);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return delivery.requeue(stopping);
        } catch (RuntimeException e) {
            return failed(delivery, event, giveUp, history, e);
        }
        return delivery.ack();
    }

    private static <T> void handle(Consumer<T> work, T event) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            long begun = System.nanoTime();
            try {
                work.accept(event);
                return;
            } catch (RuntimeException e) {
                boolean quick = System.nanoTime() - begun < QUICK.toNanos();
                if (!quick || tries == QUICK_TRIES || !Failure.of(e).kind().retryable()) {
                    throw e;
                }
            }
            Thread.sleep(QUICK_PAUSE.multipliedBy(tries));
        }
    }

    /** In a random order, so that those beside a deadly message are through before it as often as not. */
    private <T> void handleAlone(Consumer<T> work, T event) throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextInt(SPREAD_MS));
        suspects.lockInterruptibly();
        try {
            handle(work, event);
        } finally {
            suspects.unlock();
        }
    }

    private <T> CompletionStage<Void> suspect(
            Delivery delivery, T event, BiConsumer<T, Failure> giveUp, DeliveryHistory history) {
        if (history.deaths() >= policy.deaths()) {
            Failure died = Failure.unavailable(
                    "CONSUMER_DIED",
                    "whoever handled the message ended without settling it, %d times".formatted(history.deaths()),
                    null);
            return giveUp(delivery, event, giveUp, history.failed(died, Instant.now()), died);
        }
        LOG.infof("delivery was never settled, queue=%s deaths=%d of %d", queue, history.deaths(), policy.deaths());
        // One of several waits at random: what was beside a deadly message by chance is parted from it.
        int choices = Math.min(history.deaths(), RetryPolicy.DELAYS.size() - 1);
        return retry(delivery, history, ThreadLocalRandom.current().nextInt(choices) + 1);
    }

    private <T> CompletionStage<Void> failed(
            Delivery delivery,
            T event,
            BiConsumer<T, Failure> giveUp,
            DeliveryHistory history,
            RuntimeException thrown) {
        Failure failure = Failure.of(thrown);
        DeliveryHistory after = history.failed(failure, Instant.now());
        if (failure.kind().retryable() && after.attempts() < policy.attempts()) {
            LOG.infof(
                    "delivery failed, queue=%s reason=%s attempt=%d of %d: %s",
                    queue, failure.reason(), after.attempts(), policy.attempts(), thrown);
            return retry(delivery, after, after.attempts());
        }
        LOG.warnf(
                thrown, "delivery given up, queue=%s reason=%s attempt=%d", queue, failure.reason(), after.attempts());
        return giveUp(delivery, event, giveUp, after, failure);
    }

    private <T> CompletionStage<Void> giveUp(
            Delivery delivery, T event, BiConsumer<T, Failure> giveUp, DeliveryHistory history, Failure why) {
        try {
            giveUp.accept(event, withAttempts(why, history));
        } catch (RuntimeException untold) {
            LOG.warnf(
                    untold,
                    "nobody could be told that a delivery is given up, queue=%s reason=%s",
                    queue,
                    why.reason());
            if (Failure.of(untold).kind().retryable() && history.attempts() < 2 * policy.attempts()) {
                return retry(delivery, history, RetryPolicy.DELAYS.size());
            }
        }
        return bury(delivery, history);
    }

    private static Failure withAttempts(Failure why, DeliveryHistory history) {
        if (history.attempts() == 1) {
            return why;
        }
        String message = "%s (%d attempts since %s)"
                .formatted(
                        why.message(),
                        history.attempts(),
                        history.firstFailure().map(Instant::toString).orElse("the beginning"));
        return Failure.received(why.kind(), why.reason(), message, why.metadata(), null, why);
    }

    private CompletionStage<Void> retry(Delivery delivery, DeliveryHistory history, int failures) {
        return move(
                delivery, EventTopology.retryQueue(queue, RetryPolicy.delay(failures)), history.in(delivery.headers()));
    }

    private CompletionStage<Void> bury(Delivery delivery, DeliveryHistory history) {
        LOG.warnf("delivery dead-lettered, queue=%s reason=%s: %s", queue, history.reason(), history.message());
        Map<String, Object> headers = new HashMap<>(history.in(delivery.headers()));
        headers.put(DeliveryHistory.QUEUE, queue);
        headers.put(DeliveryHistory.STAGE, stage);
        return move(delivery, EventTopology.deadLetterQueue(queue), headers);
    }

    /**
     * Copies the message first and acks it then. If the broker takes no copy, it is handed over again later; that counts as a
     * death once a copy is taken again.
     */
    private CompletionStage<Void> move(Delivery delivery, String target, Map<String, Object> headers) {
        for (int tries = 1; ; tries++) {
            try {
                sender.send(target, delivery.payload(), headers);
                return delivery.ack();
            } catch (RuntimeException unsent) {
                LOG.warnf("queue %s did not take a message, try=%d: %s", target, tries, unsent.getMessage());
                if (tries == SEND_TRIES || Thread.currentThread().isInterrupted()) {
                    return delivery.requeue(unsent);
                }
            }
            try {
                Thread.sleep(SEND_PAUSE.multipliedBy(1L << tries));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return delivery.requeue(stopping);
            }
        }
    }
}
