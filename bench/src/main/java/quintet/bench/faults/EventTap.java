package quintet.bench.faults;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import quintet.bench.suite.SuiteException;

/**
 * A stranger on the exchange of events: listens to everything that the services tell one another, and publishes what they should be able
 * to bear: the same again in any order, and nonsense.
 */
final class EventTap implements AutoCloseable {
    private static final String EXCHANGE = "quintet.events";
    private static final String OURS = "quintet-bench-faults";
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int CONFIRM_TIMEOUT_MS = 30_000;
    /** Events that are kept: about as many as 500 documents cause. Each is at most a few hundred kilobytes, most are far smaller. */
    private static final int KEPT = 4_000;

    /** Different events that are repeated at once: embedding them again must not take minutes. */
    private static final int REPEATED = 300;

    /** Routing keys of all events. */
    private static final List<String> ROUTING_KEYS = List.of(
            "ingest.document-received.v1",
            "ingest.chunks-created.v1",
            "ingest.document-deleted.v1",
            "embed.chunks-embedded.v1",
            "embed.stage-failed.v1",
            "retrieve.chunks-staged.v1",
            "retrieve.document-indexed.v1",
            "retrieve.document-removed.v1",
            "retrieve.stage-failed.v1");

    private final Connection connection;
    private final Channel channel;
    private final List<Event> heard;

    private record Event(String routingKey, AMQP.BasicProperties properties, Payload payload) {}

    private static final class Payload {
        private final byte[] bytes;

        private Payload(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private EventTap(Connection connection, Channel channel, List<Event> heard) {
        this.connection = connection;
        this.channel = channel;
        this.heard = heard;
    }

    /** Listens at a broker that the suite uses. */
    static EventTap open(URI broker) {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(broker);
            factory.setConnectionTimeout(CONNECT_TIMEOUT_MS);
            factory.setAutomaticRecoveryEnabled(false);
            Connection connection = factory.newConnection(OURS);
            Channel channel = connection.createChannel();
            channel.confirmSelect();
            List<Event> heard = Collections.synchronizedList(new ArrayList<>());
            String queue = channel.queueDeclare("", false, true, true, java.util.Map.of())
                    .getQueue();
            channel.queueBind(queue, EXCHANGE, "#");
            DeliverCallback keep = (_, delivery) -> {
                if (!OURS.equals(delivery.getProperties().getAppId())) {
                    synchronized (heard) {
                        if (heard.size() == KEPT) {
                            heard.removeFirst();
                        }
                        heard.add(new Event(
                                delivery.getEnvelope().getRoutingKey(),
                                delivery.getProperties(),
                                new Payload(delivery.getBody())));
                    }
                }
            };
            CancelCallback ignore = _ -> {};
            String _ = channel.basicConsume(queue, true, keep, ignore);
            return new EventTap(connection, channel, heard);
        } catch (IOException | TimeoutException | GeneralSecurityException | URISyntaxException e) {
            throw new SuiteException("the broker can not be listened to", e);
        }
    }

    /** Returns whether the broker is still the one that is listened to. */
    boolean isOpen() {
        return channel.isOpen();
    }

    /** Publishes some of what was heard once to three times more, in random order; returns how many events that were. */
    int repeatShuffled(Random random) {
        List<Event> chosen;
        synchronized (heard) {
            chosen = new ArrayList<>(heard);
        }
        Collections.shuffle(chosen, random);
        List<Event> events = new ArrayList<>();
        for (Event event : chosen.subList(0, Math.min(chosen.size(), REPEATED))) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                events.add(event);
            }
        }
        Collections.shuffle(events, random);
        events.forEach(event -> publish(event.routingKey(), event.properties(), event.payload().bytes));
        confirm();
        return events.size();
    }

    /** Publishes nonsense under every routing key; returns how many events that were. */
    int poison(Random random, String collection) {
        int count = 0;
        for (String routingKey : ROUTING_KEYS) {
            byte[] noise = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(noise);
            List<byte[]> bodies = List.of(
                    new byte[0],
                    noise,
                    "{\"collection\": \"not protobuf\"}".getBytes(StandardCharsets.UTF_8),
                    new WireMessage()
                            .string(1, collection)
                            .string(2, "ghost")
                            .number(3, 0)
                            .toBytes(),
                    new WireMessage()
                            .string(1, collection)
                            .string(2, "ghost")
                            .number(3, -1)
                            .toBytes(),
                    new WireMessage()
                            .string(1, "../../etc")
                            .string(2, "../ghost")
                            .number(3, 1)
                            .toBytes(),
                    new WireMessage()
                            .string(1, "x".repeat(5_000))
                            .string(2, "ghost")
                            .number(3, Long.MAX_VALUE)
                            .toBytes(),
                    partBeyondItsCount(collection).toBytes(),
                    withVectorsCutShort(collection).toBytes());
            for (byte[] body : bodies) {
                publish(routingKey, new AMQP.BasicProperties(), body);
                count++;
            }
        }
        confirm();
        return count;
    }

    /** A part of chunks, number 7 of 2, of a document that does not exist. */
    private static WireMessage partBeyondItsCount(String collection) {
        WireMessage chunk = new WireMessage()
                .string(1, "ghost-0")
                .string(3, "boo")
                .number(5, 3)
                .number(9, 1);
        return new WireMessage()
                .string(1, collection)
                .string(2, "ghost")
                .number(3, 1)
                .number(4, 7)
                .number(5, 2)
                .number(6, 1)
                .message(8, chunk);
    }

    /** Embedded chunks whose vectors are shorter than they say. */
    private static WireMessage withVectorsCutShort(String collection) {
        return new WireMessage()
                .message(1, partBeyondItsCount(collection))
                .string(2, "no-such-model")
                .string(3, "000000000000")
                .number(4, 384)
                .string(5, "short");
    }

    private void publish(String routingKey, AMQP.BasicProperties like, byte[] body) {
        AMQP.BasicProperties properties = like.builder()
                .appId(OURS)
                .contentType("application/octet-stream")
                .deliveryMode(2)
                .build();
        try {
            channel.basicPublish(EXCHANGE, routingKey, properties, body);
        } catch (IOException e) {
            throw new SuiteException("the broker does not take events", e);
        }
    }

    private void confirm() {
        try {
            channel.waitForConfirmsOrDie(CONFIRM_TIMEOUT_MS);
        } catch (IOException | TimeoutException e) {
            throw new SuiteException("the broker does not confirm events", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SuiteException("publishing was interrupted", e);
        }
    }

    @Override
    public void close() {
        connection.abort(CONNECT_TIMEOUT_MS);
    }
}
