package quintet.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;

class DeliveriesTest {
    private static final byte[] MESSAGE = StringValue.of("x").toByteArray();

    private final List<String> happened = new ArrayList<>();
    private final List<Failure> givenUp = new ArrayList<>();
    private final Map<String, Map<String, Object>> sent = new HashMap<>();
    private final Deliveries deliveries = deliveries((queue, _, headers) -> {
        sent.put(queue, headers);
        happened.add("sent to " + queue);
    });

    @Test
    void acksWhenTheWorkIsDone() {
        deliver(MESSAGE, Map.of(), false, _ -> {});

        assertThat(happened).containsExactly("ack");
    }

    @Test
    void triesAtOnceWhatFailedQuickly() {
        AtomicInteger tries = new AtomicInteger();

        deliver(MESSAGE, Map.of(), false, _ -> {
            if (tries.incrementAndGet() < 3) {
                throw Failure.unavailable("DOWN", "not now", null);
            }
        });

        assertThat(happened).containsExactly("ack");
    }

    @Test
    void putsAsideWhatMayPassAndAcksOnlyThen() {
        deliver(MESSAGE, Map.of("traceparent", "00-1-2-01", "x-death", List.of()), false, DeliveriesTest::down);

        assertThat(happened).containsExactly("sent to work.retry.1s", "ack");
        assertThat(sent.get("work.retry.1s"))
                .containsEntry(DeliveryHistory.ATTEMPTS, 1)
                .containsEntry(DeliveryHistory.REASON, "DOWN")
                .containsEntry("traceparent", "00-1-2-01")
                .doesNotContainKey("x-death");
        assertThat(givenUp).isEmpty();
    }

    @Test
    void waitsLongerEachTime() {
        for (int attempts = 0; attempts < 5; attempts++) {
            deliver(MESSAGE, Map.of(DeliveryHistory.ATTEMPTS, attempts), false, DeliveriesTest::down);
        }

        assertThat(happened.stream().filter(event -> !event.equals("ack")))
                .containsExactly(
                        "sent to work.retry.1s",
                        "sent to work.retry.5s",
                        "sent to work.retry.30s",
                        "sent to work.retry.120s",
                        "sent to work.retry.120s");
    }

    @Test
    void outlastsAnHourOfOutage() {
        assertThat(new RetryPolicy(RetryPolicy.DEFAULT_ATTEMPTS, 1).patience())
                .isGreaterThan(Duration.ofMinutes(70))
                .isLessThan(Duration.ofMinutes(80));
    }

    @Test
    void givesUpAfterTheLastAttemptAndSaysHowItWent() {
        deliver(
                MESSAGE,
                Map.of(DeliveryHistory.ATTEMPTS, 9, DeliveryHistory.FIRST_FAILURE, "2026-01-02T03:04:05Z"),
                false,
                DeliveriesTest::down);

        assertThat(happened).containsExactly("gave up", "sent to work.dlq", "ack");
        assertThat(givenUp).singleElement().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo("DOWN");
            assertThat(failure.message()).isEqualTo("not now (10 attempts since 2026-01-02T03:04:05Z)");
        });
        assertThat(sent.get("work.dlq"))
                .containsEntry(DeliveryHistory.ATTEMPTS, 10)
                .containsEntry(DeliveryHistory.QUEUE, "work")
                .containsEntry(DeliveryHistory.STAGE, "TEST")
                .containsEntry(DeliveryHistory.FIRST_FAILURE, "2026-01-02T03:04:05Z")
                .containsKey(DeliveryHistory.LAST_FAILURE);
    }

    @Test
    void doesNotTryABugAgain() {
        AtomicInteger tries = new AtomicInteger();

        deliver(MESSAGE, Map.of(), false, _ -> {
            tries.incrementAndGet();
            throw new IllegalStateException("bug");
        });

        assertThat(tries).hasValue(1);
        assertThat(happened).containsExactly("gave up", "sent to work.dlq", "ack");
        assertThat(sent.get("work.dlq")).containsEntry(DeliveryHistory.REASON, "INTERNAL");
    }

    @Test
    void deadLettersWhatIsNoMessageWithAReason() {
        deliver(new byte[] {1, 2, 3}, Map.of(), false, _ -> {
            throw new AssertionError("must not be called");
        });

        assertThat(happened).containsExactly("sent to work.dlq", "ack");
        assertThat(sent.get("work.dlq")).containsEntry(DeliveryHistory.REASON, "MALFORMED_MESSAGE");
    }

    @Test
    void countsDeathsBeforeItTakesTheMessageOn() {
        deliver(MESSAGE, Map.of(), true, _ -> {
            throw new AssertionError("must not be called");
        });

        assertThat(happened).containsExactly("sent to work.retry.1s", "ack");
        assertThat(sent.get("work.retry.1s"))
                .containsEntry(DeliveryHistory.DEATHS, 1)
                .containsEntry(DeliveryHistory.ATTEMPTS, 0);
    }

    @Test
    void givesUpWhatItDiesOf() {
        deliver(MESSAGE, Map.of(DeliveryHistory.DEATHS, 2), true, _ -> {
            throw new AssertionError("must not be called");
        });

        assertThat(happened).containsExactly("gave up", "sent to work.dlq", "ack");
        assertThat(givenUp).extracting(Failure::reason).containsExactly("CONSUMER_DIED");
    }

    @Test
    void tellsAgainLaterWhenNobodyCouldBeTold() {
        settle(deliveries, MESSAGE, Map.of(DeliveryHistory.ATTEMPTS, 9), false, DeliveriesTest::down, failure -> {
            throw Failure.unavailable("DOWN_TOO", "not now either", failure);
        });

        assertThat(happened).containsExactly("sent to work.retry.120s", "ack");
    }

    @Test
    void triesTheRetryQueueAgainBeforeItGivesTheMessageBack() {
        AtomicInteger tries = new AtomicInteger();
        Deliveries once = deliveries((queue, _, _) -> {
            if (tries.incrementAndGet() < 2) {
                throw Failure.unavailable("BROKER_UNAVAILABLE", "not confirmed", null);
            }
            happened.add("sent to " + queue);
        });

        settle(once, MESSAGE, Map.of(), false, DeliveriesTest::down, givenUp::add);

        assertThat(happened).containsExactly("sent to work.retry.1s", "ack");
    }

    @Test
    void givesADeliveryBackWhenStopping() {
        Thread.currentThread().interrupt();

        deliver(MESSAGE, Map.of(), false, DeliveriesTest::down);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(happened).containsExactly("requeue");
        assertThat(givenUp).isEmpty();
    }

    private static Deliveries deliveries(QueueSender sender) {
        return new Deliveries(sender, "work", "TEST", new RetryPolicy(10, 3));
    }

    private static void down(StringValue message) {
        throw Failure.unavailable("DOWN", "not now", null);
    }

    private void deliver(byte[] payload, Map<String, Object> headers, boolean redelivered, Consumer<StringValue> work) {
        settle(deliveries, payload, headers, redelivered, work, failure -> {
            givenUp.add(failure);
            happened.add("gave up");
        });
    }

    private void settle(
            Deliveries by,
            byte[] payload,
            Map<String, Object> headers,
            boolean redelivered,
            Consumer<StringValue> work,
            Consumer<Failure> giveUp) {
        Delivery delivery = new Delivery() {
            @Override
            public byte[] payload() {
                return payload;
            }

            @Override
            public Map<String, Object> headers() {
                return headers;
            }

            @Override
            public boolean redelivered() {
                return redelivered;
            }

            @Override
            public CompletionStage<Void> ack() {
                happened.add("ack");
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletionStage<Void> requeue(Throwable why) {
                happened.add("requeue");
                return CompletableFuture.completedFuture(null);
            }
        };
        assertThat(by.settle(delivery, StringValue.parser(), work, (_, failure) -> giveUp.accept(failure)))
                .isCompleted();
    }
}
