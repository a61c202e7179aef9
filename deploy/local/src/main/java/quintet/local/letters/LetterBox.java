package quintet.local.letters;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import quintet.local.broker.BrokerAddress;
import quintet.messaging.DeliveryHistory;
import quintet.messaging.EventTopology;

/**
 * The dead letters of a broker. Looking at them takes them for a moment and gives them back in their order; one leaves its
 * queue only once it is back in the queue that it came from, or is dropped on purpose.
 */
public final class LetterBox implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String OWN_HEADERS = "quintet-";

    private final Connection connection;

    /** Looks at one letter and its message. */
    @FunctionalInterface
    public interface Visitor {
        /** Returns whether to go on. */
        boolean visit(Letter letter, byte[] body) throws IOException;
    }

    private LetterBox(Connection connection) {
        this.connection = connection;
    }

    /** Connects to a broker. */
    public static LetterBox open(BrokerAddress address) throws IOException {
        try {
            return new LetterBox(address.connectionFactory(TIMEOUT).newConnection("quintet dead-letters"));
        } catch (IOException | TimeoutException e) {
            throw new IOException("The broker at " + address + " does not answer: " + e.getMessage(), e);
        }
    }

    /** Shows the letters of a queue to {@code visitor}, oldest first, and leaves all of them where they are. */
    public void look(String queue, Visitor visitor) throws IOException {
        try (Session session = new Session(queue)) {
            session.each((letter, got) -> visitor.visit(letter, got.getBody()));
        }
    }

    /** Puts the chosen letters back into the queue that they come from, as if they had never failed; returns how many. */
    public int replay(String queue, Predicate<Letter> chosen) throws IOException {
        int[] count = {0};
        try (Session session = new Session(queue)) {
            session.confirm();
            session.each((letter, got) -> {
                if (chosen.test(letter)) {
                    session.putBack(got);
                    count[0]++;
                }
                return true;
            });
        }
        return count[0];
    }

    /** Deletes the chosen letters; returns how many. */
    public int drop(String queue, Predicate<Letter> chosen) throws IOException {
        int[] count = {0};
        try (Session session = new Session(queue)) {
            session.each((letter, got) -> {
                if (chosen.test(letter)) {
                    session.ack(got);
                    count[0]++;
                }
                return true;
            });
        }
        return count[0];
    }

    @Override
    public void close() {
        connection.abort(Math.toIntExact(TIMEOUT.toMillis()));
    }

    private interface Step {
        boolean take(Letter letter, GetResponse got) throws IOException;
    }

    /** One walk along a queue. The broker puts back in their places what is not acked when the channel closes. */
    private final class Session implements AutoCloseable {
        private final String queue;
        private final Channel channel;
        private final AtomicBoolean returned = new AtomicBoolean();

        Session(String queue) throws IOException {
            this.queue = queue;
            channel = Optional.ofNullable(connection.createChannel())
                    .orElseThrow(() -> new IOException("The broker allows no more channels"));
        }

        /** Those that are there now: what fails again meanwhile is not met twice. */
        void each(Step step) throws IOException {
            String name = EventTopology.deadLetterQueue(queue);
            long count = count(name);
            for (long i = 0; i < count; i++) {
                GetResponse got = channel.basicGet(name, false);
                if (got == null || !step.take(Letter.of(queue, got), got)) {
                    return;
                }
            }
        }

        void confirm() throws IOException {
            var _ = channel.confirmSelect();
            channel.addReturnListener(_ -> returned.set(true));
        }

        void putBack(GetResponse got) throws IOException {
            Map<String, Object> headers = new HashMap<>(
                    Optional.ofNullable(got.getProps().getHeaders()).orElse(Map.of()));
            headers.keySet().removeIf(name -> name.startsWith(OWN_HEADERS) || name.startsWith("x-"));
            headers.put(DeliveryHistory.REPLAYED, true);
            AMQP.BasicProperties properties = got.getProps()
                    .builder()
                    .headers(headers)
                    .deliveryMode(2)
                    .expiration(null)
                    .build();
            try {
                channel.basicPublish("", queue, true, properties, got.getBody());
                channel.waitForConfirmsOrDie(TIMEOUT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while the broker had not confirmed yet", e);
            } catch (TimeoutException e) {
                throw new IOException("The broker did not confirm within " + TIMEOUT.toSeconds() + " s", e);
            }
            if (returned.get()) {
                throw new IOException("There is no queue " + queue + " to put the letter back into");
            }
            ack(got);
        }

        void ack(GetResponse got) throws IOException {
            channel.basicAck(got.getEnvelope().getDeliveryTag(), false);
        }

        /** A queue that is not there has no letters; asking for it costs its channel. */
        private long count(String name) throws IOException {
            Channel asking = Optional.ofNullable(connection.createChannel())
                    .orElseThrow(() -> new IOException("The broker allows no more channels"));
            try {
                long count = asking.queueDeclarePassive(name).getMessageCount();
                asking.abort();
                return count;
            } catch (IOException e) {
                if (e.getCause() instanceof ShutdownSignalException closed
                        && closed.getReason() instanceof AMQP.Channel.Close why
                        && why.getReplyCode() == AMQP.NOT_FOUND) {
                    return 0;
                }
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } catch (TimeoutException e) {
                throw new IOException("The broker did not close a channel in time", e);
            } catch (ShutdownSignalException _) {
                // Closed by the broker, which has put everything back.
            }
        }
    }
}
