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
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/**
 * {@link QueueSender} over a connection of its own, opened when it is first needed and anew after anything went wrong.
 * Messages are persistent; one that no queue takes is not confirmed.
 */
public final class AmqpQueueSender implements QueueSender, AutoCloseable {
    private static final int PERSISTENT = 2;
    private static final int ABORT_MS = 2_000;

    private final ConnectionFactory factory;
    private final String name;
    private final Set<String> queues;
    private final Duration confirmTimeout;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Link link;

    /**
     * Doesn't connect yet.
     *
     * @param name of the connection, as the broker shows it
     * @param queues declared with all that belongs to them before anything is sent
     * @param confirmTimeout time for the broker to confirm a message
     */
    public AmqpQueueSender(ConnectionFactory factory, String name, Set<String> queues, Duration confirmTimeout) {
        this.factory = factory;
        this.name = name;
        this.queues = Set.copyOf(queues);
        this.confirmTimeout = confirmTimeout;
    }

    @Override
    public void send(String queue, byte[] payload, Map<String, Object> headers) {
        Link used = null;
        try {
            CompletableFuture<Void> confirmed;
            if (!lock.tryLock(confirmTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                used = link;
                throw new TimeoutException("the connection is blocked");
            }
            try {
                used = open();
                confirmed = used.publish(queue, payload, headers);
            } finally {
                lock.unlock();
            }
            var _ = confirmed.get(confirmTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | TimeoutException | ExecutionException | RuntimeException e) {
            drop(used);
            throw Failure.unavailable(
                    "BROKER_UNAVAILABLE",
                    "the broker did not confirm a message for queue %s within %d ms"
                            .formatted(queue, confirmTimeout.toMillis()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("STOPPING", "the service is stopping", e);
        }
    }

    private Link open() throws IOException, TimeoutException {
        Link current = link;
        if (current == null || !current.isOpen()) {
            drop(current);
            current = Link.open(factory.newConnection(name), queues);
            link = current;
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
        drop(link);
    }

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

        static Link open(Connection connection, Set<String> queues) throws IOException {
            try {
                Channel channel = connection.createChannel();
                for (String queue : queues) {
                    EventTopology.declare(channel, queue, Set.of());
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

        CompletableFuture<Void> publish(String queue, byte[] payload, Map<String, Object> headers) throws IOException {
            Pending message = new Pending(UUID.randomUUID().toString(), new CompletableFuture<>());
            pending.put(channel.getNextPublishSeqNo(), message);
            AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                    .contentType("application/octet-stream")
                    .deliveryMode(PERSISTENT)
                    .messageId(message.id())
                    .headers(headers)
                    .build();
            channel.basicPublish("", queue, true, properties, payload);
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
