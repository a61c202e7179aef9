package quintet.messaging;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * The exchange of events and its queues, declared alike by who publishes and who consumes: an event that no queue is bound
 * for would be lost, and a queue declared twice with different arguments is refused.
 *
 * <p>Each queue carries the arguments of both brokers, since each ignores the other's: {@code x-*} are RabbitMQ's,
 * the others are Qpid Broker-J's.
 */
public final class EventTopology {
    /** Topic exchange of all events. */
    public static final String EXCHANGE = "quintet.events";

    /** Direct exchange of dead letters; the routing key is the name of the queue they come from. */
    public static final String DEAD_LETTER_EXCHANGE = "quintet.dlx";

    /** Redeliveries after crashes before RabbitMQ gives up; failures that are handled count their own attempts. */
    public static final int DELIVERY_LIMIT = 20;

    private EventTopology() {}

    /** Returns the arguments that {@code queue} is declared with. */
    public static Map<String, Object> queueArguments(String queue) {
        return Map.of(
                "x-queue-type",
                "quorum",
                "x-delivery-limit",
                DELIVERY_LIMIT,
                "x-dead-letter-exchange",
                DEAD_LETTER_EXCHANGE,
                "x-dead-letter-routing-key",
                queue,
                "alternateBinding",
                Map.of("destination", deadLetterQueue(queue)),
                "maximumDeliveryAttempts",
                1);
    }

    /** Returns the queue that takes the dead letters of {@code queue}. */
    public static String deadLetterQueue(String queue) {
        return queue + ".dlq";
    }

    /** Returns the queue where messages of {@code queue} wait for so long before they are back in it. */
    public static String retryQueue(String queue, Duration delay) {
        return "%s.retry.%ds".formatted(queue, delay.toSeconds());
    }

    /** Returns the arguments of {@link #retryQueue}: nobody consumes it, all that it holds expires into {@code queue}. */
    public static Map<String, Object> retryArguments(String queue, Duration delay) {
        return Map.of(
                "x-queue-type",
                "quorum",
                "x-message-ttl",
                delay.toMillis(),
                "x-dead-letter-exchange",
                "",
                "x-dead-letter-routing-key",
                queue,
                // Or a message that expires while its way back is closed for a moment would be lost.
                "x-dead-letter-strategy",
                "at-least-once",
                "x-overflow",
                "reject-publish",
                "maximumMessageTtl",
                delay.toMillis(),
                "expiryPolicy",
                "ROUTE_TO_ALTERNATE",
                "alternateBinding",
                Map.of("destination", queue));
    }

    /** Declares {@code queue}, its retry queues, its dead letters and its bindings; what is there already stays. */
    public static void declare(Channel channel, String queue, Set<String> routingKeys) throws IOException {
        channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.TOPIC, true);
        channel.exchangeDeclare(DEAD_LETTER_EXCHANGE, BuiltinExchangeType.DIRECT, true);
        channel.queueDeclare(deadLetterQueue(queue), true, false, false, Map.of());
        channel.queueBind(deadLetterQueue(queue), DEAD_LETTER_EXCHANGE, queue);
        channel.queueDeclare(queue, true, false, false, queueArguments(queue));
        for (Duration delay : RetryPolicy.DELAYS) {
            channel.queueDeclare(retryQueue(queue, delay), true, false, false, retryArguments(queue, delay));
        }
        for (String routingKey : routingKeys) {
            channel.queueBind(queue, EXCHANGE, routingKey);
        }
    }
}
