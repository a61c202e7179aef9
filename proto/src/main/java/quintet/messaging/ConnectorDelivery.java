package quintet.messaging;

import io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMetadata;
import io.smallrye.reactive.messaging.rabbitmq.RabbitMQRejectMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** A {@link Delivery} of the messaging connector, whose channel has {@code failure-strategy=reject}. */
public final class ConnectorDelivery implements Delivery {
    private final Message<byte[]> message;
    private final Optional<IncomingRabbitMQMetadata> metadata;

    /** Wraps a message. */
    public ConnectorDelivery(Message<byte[]> message) {
        this.message = message;
        metadata = message.getMetadata(IncomingRabbitMQMetadata.class);
    }

    @Override
    public byte[] payload() {
        return message.getPayload();
    }

    @Override
    public Map<String, Object> headers() {
        return metadata.map(IncomingRabbitMQMetadata::getHeaders).orElse(Map.of());
    }

    @Override
    public boolean redelivered() {
        return metadata.map(IncomingRabbitMQMetadata::isRedeliver).orElse(false);
    }

    @Override
    public CompletionStage<Void> ack() {
        return message.ack();
    }

    @Override
    public CompletionStage<Void> requeue(Throwable why) {
        return message.nack(why, Metadata.of(new RabbitMQRejectMetadata(true)));
    }
}
