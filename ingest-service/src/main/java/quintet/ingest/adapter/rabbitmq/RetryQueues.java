package quintet.ingest.adapter.rabbitmq;

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
    private static final Set<String> CONSUMED = Set.of(
            "ingest.document-received",
            "ingest.chunks-staged",
            "ingest.document-indexed",
            "ingest.document-removed",
            "ingest.stage-failed",
            "ingest.vectors-missing");

    private final AmqpQueueSender sender;

    RetryQueues(RabbitMqConfig config) throws GeneralSecurityException {
        sender = new AmqpQueueSender(
                BrokerConnections.factory(config), "quintet-ingest retry queues", CONSUMED, config.confirmTimeout());
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
