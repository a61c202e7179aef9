package quintet.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/**
 * Sends messages over a connection of its own, opened when it is first needed and anew after anything went wrong: a confirm that
 * does not come in time ends the connection, so that no state of a client outlives the trouble that broke it. Messages are
 * persistent; one that no queue takes is not confirmed. Blocking; safe for several threads, whose confirms are awaited side
 * by side.
 */
public final class AmqpSender implements QueueSender, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AmqpSender.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PERSISTENT = 2;
    private static final int ABORT_MS = 2_000;

    private final ConnectionFactory factory;
    private final String name;
    private final Map<String, Set<String>> queues;
    private final Duration confirmTimeout;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Link link;
    private volatile boolean declared;
    private volatile boolean closed;

    /**
     * Doesn't connect yet.
     *
     * @param name of the connection, as the broker shows it
     * @param queues declared, with all that belongs to them and the routing keys of the events they take, on each new connection
     *     before anything is sent on it: a broker may have come back empty
     * @param confirmTimeout time for the broker to confirm a message
     */
    public AmqpSender(
            ConnectionFactory factory, String name, Map<String, Set<String>> queues, Duration confirmTimeout) {
        this.factory = factory;
        this.name = name;
        this.queues = Map.copyOf(queues);
        this.confirmTimeout = confirmTimeout;
    }

    /** Connects on a thread of its own, and tries on until the queues are declared or {@link #close} is called. */
    public void start() {
        var _ = Thread.ofVirtual().name(name).start(this::declareUntilDone);
    }

    /** Returns whether the queues have been declared. */
    public boolean isReady() {
        return declared;
    }

    @Override
    public void send(String queue, byte[] payload, Map<String, Object> headers) {
        send(new Outgoing("", queue, payload, headers));
    }

    /**
     * Returns once the broker has confirmed that every queue bound for an event holds it durably.
     *
     * @throws Failure of kind UNAVAILABLE and reason BROKER_UNAVAILABLE if the broker does not confirm in time or no queue is
     *     bound; queues may hold the event all the same
     */
    public void publish(String routingKey, byte[] event, Map<String, Object> headers) {
        send(new Outgoing(EventTopology.EXCHANGE, routingKey, event, headers));
    }

    private void send(Outgoing message) {
        Link used = null;
        try {
            CompletableFuture<Void> confirmed;
            if (!lock.tryLock(confirmTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                used = link;
                throw new TimeoutException("the connection is blocked");
            }
            try {
                used = open();
                confirmed = used.publish(message);
            } finally {
                lock.unlock();
            }
            var _ = confirmed.get(confirmTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | TimeoutException | ExecutionException | RuntimeException e) {
            drop(used);
            throw Failure.unavailable(
                    "BROKER_UNAVAILABLE",
                    "the broker did not confirm a message for %s within %d ms"
                            .formatted(message.routingKey(), confirmTimeout.toMillis()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("STOPPING", "the service is stopping", e);
        }
    }

    private void declareUntilDone() {
        for (int attempt = 1; !declared && !closed; attempt++) {
            lock.lock();
            try {
                var _ = open();
            } catch (IOException | TimeoutException | RuntimeException e) {
                if (attempt == 1) {
                    LOG.warnf(
                            "the broker at %s:%d does not take the queues of %s yet, trying on: %s",
                            factory.getHost(), factory.getPort(), name, e);
                }
            } finally {
                lock.unlock();
            }
            try {
                Thread.sleep(declared ? Duration.ZERO : PAUSE);
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }

    private Link open() throws IOException, TimeoutException {
        Link current = link;
        if (current == null || !current.isOpen()) {
            drop(current);
            if (closed) {
                throw new IOException("the service is stopping");
            }
            current = Link.open(factory.newConnection(name), queues);
            link = current;
            declared = true;
            if (closed) {
                drop(current);
            }
        }
        return current;
    }

    /** Ends a link for all who wait for its confirms: what became of their messages is unknown. */
    private void drop(@Nullable Link used) {
        if (used != null) {
            if (link == used) {
                link = null;
            }
            used.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        drop(link);
    }

    @SuppressWarnings("ArrayRecordComponent") // A message on its way, neither compared nor kept.
    private record Outgoing(String exchange, String routingKey, byte[] payload, Map<String, Object> headers) {}

    /** A connection with its only channel, and the messages on it that are not confirmed yet. */
    private static final class Link {
        private final Connection connection;
        private final Channel channel;
        private final ConcurrentNavigableMap<Long, Pending> pending = new ConcurrentSkipListMap<>();

        private Link(Connection connection, Channel channel) {
            this.connection = connection;
            this.channel = channel;
        }

        private record Pending(String id, CompletableFuture<Void> confirmed) {}

        static Link open(Connection connection, Map<String, Set<String>> queues) throws IOException {
            try {
                Channel channel = connection.createChannel();
                for (Map.Entry<String, Set<String>> queue : queues.entrySet()) {
                    EventTopology.declare(channel, queue.getKey(), queue.getValue());
                }
                Link link = new Link(connection, channel);
                var _ = channel.confirmSelect();
                channel.addConfirmListener(link::confirmed, link::refused);
                channel.addReturnListener(
                        returned -> link.returned(returned.getProperties().getMessageId()));
                channel.addShutdownListener(_ -> link.refused(Long.MAX_VALUE, true));
                return link;
            } catch (IOException | RuntimeException e) {
                connection.abort(ABORT_MS);
                throw e;
            }
        }

        boolean isOpen() {
            return channel.isOpen();
        }

        CompletableFuture<Void> publish(Outgoing sent) throws IOException {
            Pending message = new Pending(UUID.randomUUID().toString(), new CompletableFuture<>());
            pending.put(channel.getNextPublishSeqNo(), message);
            AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                    .contentType("application/octet-stream")
                    .deliveryMode(PERSISTENT)
                    .messageId(message.id())
                    .headers(sent.headers())
                    .build();
            channel.basicPublish(sent.exchange(), sent.routingKey(), true, properties, sent.payload());
            return message.confirmed();
        }

        /** A message that no queue took comes back before its confirm. */
        private void returned(@Nullable String messageId) {
            pending.values().stream()
                    .filter(message -> message.id().equals(messageId))
                    .forEach(message -> message.confirmed().completeExceptionally(new IOException("no such queue")));
        }

        private void confirmed(long tag, boolean multiple) {
            settled(tag, multiple)
                    .values()
                    .forEach(message -> message.confirmed().complete(null));
            settled(tag, multiple).clear();
        }

        private void refused(long tag, boolean multiple) {
            settled(tag, multiple)
                    .values()
                    .forEach(message -> message.confirmed().completeExceptionally(new IOException("not confirmed")));
            settled(tag, multiple).clear();
        }

        private ConcurrentNavigableMap<Long, Pending> settled(long tag, boolean multiple) {
            return pending.subMap(multiple ? 0L : tag, true, tag, true);
        }

        void close() {
            connection.abort(ABORT_MS);
        }
    }
}
