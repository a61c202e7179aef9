package quintet.messaging;

import com.google.protobuf.MessageLite;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import quintet.failure.Failure;

/**
 * Events over a channel of the messaging connector: persistent and confirmed. A send that is in flight when the connection breaks
 * never completes, hence the time-out; the event then comes twice, which its consumers expect.
 */
public final class ConfirmedEvents {
    /** Events that may wait for the connector. */
    public static final int BUFFER = 1024;

    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final int PERSISTENT = 2;

    private final MutinyEmitter<byte[]> emitter;
    private final QueueDeclaration queues;
    private final Duration confirmTimeout;

    /**
     * Publishes through an emitter.
     *
     * @param queues of the events
     * @param confirmTimeout time for the broker to confirm an event
     */
    public ConfirmedEvents(MutinyEmitter<byte[]> emitter, QueueDeclaration queues, Duration confirmTimeout) {
        this.emitter = emitter;
        this.queues = queues;
        this.confirmTimeout = confirmTimeout;
    }

    /** Publishes an event and waits for its confirm; fails with UNAVAILABLE and reason BROKER_UNAVAILABLE without one. */
    public void publish(String routingKey, MessageLite event) {
        queues.require();
        Message<byte[]> message = Message.of(
                event.toByteArray(),
                Metadata.of(OutgoingRabbitMQMetadata.builder()
                        .withRoutingKey(routingKey)
                        .withContentType(CONTENT_TYPE)
                        .withDeliveryMode(PERSISTENT)
                        .build()));
        try {
            emitter.sendMessage(message).await().atMost(confirmTimeout);
        } catch (RuntimeException e) {
            throw Failure.unavailable(
                    "BROKER_UNAVAILABLE",
                    "the broker did not confirm %s within %d ms".formatted(routingKey, confirmTimeout.toMillis()),
                    e);
        }
    }
}
