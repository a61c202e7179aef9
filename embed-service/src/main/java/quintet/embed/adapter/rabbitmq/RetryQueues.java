package quintet.embed.adapter.rabbitmq;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
import quintet.messaging.AmqpQueueSender;
import quintet.messaging.BrokerConnections;
import quintet.messaging.QueueSender;

/** The way of a message out of this service's hands: into a retry queue or to the dead letters. */
@ApplicationScoped
class RetryQueues implements QueueSender {
    private static final Set<String> CONSUMED = Set.of("embed.chunks-created");

    private final AmqpQueueSender sender;

    RetryQueues(BrokerConfig broker, EventsConfig config) throws GeneralSecurityException {
        sender = new AmqpQueueSender(
                BrokerConnections.factory(broker), "embed retry queues", CONSUMED, config.confirmTimeout());
    }

    @Override
    public void send(String queue, byte[] payload, Map<String, Object> headers) {
        sender.send(queue, payload, headers);
    }

    @PreDestroy
    void close() {
        sender.close();
    }
}
