package quintet.local.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.ingest.v1.DocumentReceived;
import quintet.local.broker.BrokerAddress;
import quintet.messaging.AmqpSender;
import quintet.messaging.Deliveries;
import quintet.messaging.DeliveryHistory;
import quintet.messaging.EventTopology;
import quintet.messaging.RetryPolicy;

/** What becomes of messages that fail, on a real broker. */
interface LetterScenarios {
    Duration TIMEOUT = Duration.ofMillis(400);
    int PREFETCH = 2;

    BrokerAddress address();

    /** Returns a queue that nobody else uses; it is deleted afterwards. */
    String queue();

    @BeforeEach
    default void declare() throws Exception {
        onChannel(channel -> EventTopology.declare(channel, queue(), Set.of()));
    }

    @AfterEach
    default void delete() throws Exception {
        onChannel(channel -> {
            for (Duration delay : RetryPolicy.DELAYS) {
                channel.queueDelete(EventTopology.retryQueue(queue(), delay));
            }
            channel.queueDelete(queue());
            channel.queueDelete(EventTopology.deadLetterQueue(queue()));
        });
    }

    @Test
    default void aSlowFailingMessageDelaysItsNeighboursByOneTimeoutAtMost() throws Exception {
        int neighbours = 20;
        CountDownLatch handled = new CountDownLatch(neighbours);
        AtomicInteger failures = new AtomicInteger();
        try (AmqpSender sender = sender();
                TestConsumer consumer = consumer(sender, new RetryPolicy(3, 3), event -> {
                    if (event.getDocumentId().equals("poison")) {
                        standStill(TIMEOUT);
                        failures.incrementAndGet();
                        throw Failure.unavailable("DOWN", "does not answer", null);
                    }
                    handled.countDown();
                })) {
            // As many poisoned ones as are handled at once, before everybody else.
            publish("poison");
            publish("poison");
            for (int i = 0; i < neighbours; i++) {
                publish("good" + i);
            }
            long begun = System.nanoTime();
            consumer.start();

            assertThat(handled.await(20, TimeUnit.SECONDS)).isTrue();
            Duration delay = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(failures.get())
                    .as("tried once each, or a second time on a slow machine, and not to the end")
                    .isBetween(PREFETCH, 2 * PREFETCH);
            assertThat(delay).as("one time-out, and the work itself").isLessThan(TIMEOUT.plusSeconds(5));

            List<GetResponse> letters = letters(2);
            assertThat(failures).hasValue(3 * PREFETCH);
            assertThat(letters)
                    .allSatisfy(letter -> assertThat(
                                    DeliveryHistory.of(letter.getProps().getHeaders()))
                            .satisfies(history -> {
                                assertThat(history.attempts()).isEqualTo(3);
                                assertThat(history.reason()).isEqualTo("DOWN");
                                assertThat(history.message()).isEqualTo("does not answer");
                                assertThat(history.firstFailure()).isPresent();
                                assertThat(Duration.between(
                                                history.firstFailure().get(),
                                                history.lastFailure().get()))
                                        .as("1 s and 5 s of waiting")
                                        .isBetween(Duration.ofSeconds(6), Duration.ofSeconds(20));
                            }));
        }
        assertThat(waiting(queue())).isZero();
    }

    @Test
    default void aMessageThatEndsItsConsumerEachTimeEndsInTheDeadLetters() throws Exception {
        CountDownLatch handled = new CountDownLatch(3);
        AtomicInteger deaths = new AtomicInteger();
        try (AmqpSender sender = sender()) {
            publish("deadly");
            publish("good1");
            publish("good2");
            publish("good3");
            Set<String> done = ConcurrentHashMap.newKeySet();
            while (true) {
                CountDownLatch died = new CountDownLatch(1);
                try (TestConsumer consumer = consumer(sender, new RetryPolicy(3, 3), event -> {
                    if (event.getDocumentId().equals("deadly")) {
                        deaths.incrementAndGet();
                        died.countDown();
                        // As if it were gone: nothing more is said to the broker.
                        standStill(Duration.ofDays(1));
                    }
                    if (done.add(event.getDocumentId())) {
                        handled.countDown();
                    }
                })) {
                    consumer.start();
                    if (!died.await(15, TimeUnit.SECONDS)) {
                        break;
                    }
                }
            }
            assertThat(handled.getCount())
                    .as("neighbours that were not handled")
                    .isZero();
            assertThat(deaths).hasValue(3);
            assertThat(letters(1)).singleElement().satisfies(letter -> {
                DeliveryHistory history = DeliveryHistory.of(letter.getProps().getHeaders());
                assertThat(history.reason()).isEqualTo("CONSUMER_DIED");
                assertThat(history.deaths()).isEqualTo(3);
            });
        }
    }

    @Test
    default void lookingAtLettersLosesAndReordersNone() throws Exception {
        try (AmqpSender sender = sender();
                LetterBox box = LetterBox.open(address())) {
            for (int i = 0; i < 5; i++) {
                sender.send(
                        EventTopology.deadLetterQueue(queue()),
                        message("d" + i),
                        Map.of(DeliveryHistory.REASON, "R" + i));
            }
            for (int round = 0; round < 3; round++) {
                assertThat(reasons(box)).containsExactly("R0", "R1", "R2", "R3", "R4");
            }
        }
    }

    @Test
    default void replaysAndDropsWhatIsChosen() throws Exception {
        try (AmqpSender sender = sender();
                LetterBox box = LetterBox.open(address())) {
            for (int i = 0; i < 4; i++) {
                sender.send(
                        EventTopology.deadLetterQueue(queue()),
                        message("d" + i),
                        Map.of(
                                DeliveryHistory.REASON,
                                "R" + i,
                                DeliveryHistory.ATTEMPTS,
                                40,
                                "traceparent",
                                "00-1-2-01"));
            }

            assertThat(box.replay(queue(), letter -> letter.reason().equals("R1")))
                    .isOne();
            assertThat(box.drop(queue(), letter -> letter.reason().equals("R3")))
                    .isOne();

            assertThat(reasons(box)).containsExactly("R0", "R2");
            onChannel(channel -> {
                GetResponse replayed = channel.basicGet(queue(), true);
                assertThat(replayed.getBody()).isEqualTo(message("d1"));
                Map<String, Object> headers = replayed.getProps().getHeaders();
                assertThat(headers).doesNotContainKeys(DeliveryHistory.ATTEMPTS, DeliveryHistory.REASON);
                assertThat(headers.get("traceparent")).hasToString("00-1-2-01");
                assertThat(headers).containsKey(DeliveryHistory.REPLAYED);
                assertThat(channel.basicGet(queue(), true)).isNull();
            });
        }
    }

    @Test
    default void takesAQueueThatIsNotThereForAnEmptyOne() throws Exception {
        try (LetterBox box = LetterBox.open(address())) {
            box.look("test-" + UUID.randomUUID(), (letter, _) -> {
                throw new AssertionError(letter);
            });
        }
    }

    private List<String> reasons(LetterBox box) throws Exception {
        List<String> reasons = new ArrayList<>();
        box.look(queue(), (letter, _) -> reasons.add(letter.reason()));
        return reasons;
    }

    private List<GetResponse> letters(int count) throws Exception {
        List<GetResponse> letters = new ArrayList<>();
        onChannel(channel -> await().atMost(Duration.ofSeconds(30)).until(() -> {
            GetResponse letter = channel.basicGet(EventTopology.deadLetterQueue(queue()), true);
            if (letter != null) {
                letters.add(letter);
            }
            return letters.size() == count;
        }));
        return letters;
    }

    private long waiting(String queue) throws Exception {
        long[] count = {0};
        onChannel(channel -> count[0] = channel.messageCount(queue));
        return count[0];
    }

    private void publish(String documentId) throws Exception {
        onChannel(channel -> {
            channel.confirmSelect();
            channel.basicPublish(
                    "",
                    queue(),
                    new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
                    message(documentId));
            channel.waitForConfirmsOrDie(5_000);
        });
    }

    private static byte[] message(String documentId) {
        return DocumentReceived.newBuilder()
                .setCollection("c")
                .setDocumentId(documentId)
                .setVersion(1)
                .build()
                .toByteArray();
    }

    private TestConsumer consumer(AmqpSender sender, RetryPolicy policy, Consumer<DocumentReceived> work)
            throws Exception {
        Deliveries deliveries = new Deliveries(sender, queue(), "TEST", policy);
        return new TestConsumer(
                factory().newConnection("test consumer"),
                queue(),
                PREFETCH,
                delivery -> deliveries.settle(delivery, DocumentReceived.parser(), work, (_, _) -> {}));
    }

    private AmqpSender sender() {
        return new AmqpSender(factory(), "test sender", Map.of(queue(), Set.of()), Duration.ofSeconds(5));
    }

    private ConnectionFactory factory() {
        return address().connectionFactory(Duration.ofSeconds(10));
    }

    interface OnChannel {
        void run(Channel channel) throws Exception;
    }

    private void onChannel(OnChannel work) throws Exception {
        try (Connection connection = factory().newConnection("test");
                Channel channel = connection.createChannel()) {
            work.run(channel);
        }
    }

    /** Is as busy as a service that waits for one that does not answer. */
    private static void standStill(Duration duration) {
        try {
            boolean _ = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
