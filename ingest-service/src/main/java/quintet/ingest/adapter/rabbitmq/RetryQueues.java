package quintet.ingest.adapter.rabbitmq;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
import quintet.messaging.AmqpSender;
import quintet.messaging.BrokerConnections;
import quintet.messaging.QueueSender;

/** The way of a message out of this service's hands: into a retry queue or to the dead letters. */
@ApplicationScoped
class RetryQueues implements QueueSender {
    private static final Map<String, Set<String>> CONSUMED = Map.of(
            "ingest.document-received", Set.of(),
            "ingest.chunks-staged", Set.of(),
            "ingest.document-indexed", Set.of(),
            "ingest.document-removed", Set.of(),
            "ingest.stage-failed", Set.of(),
            "ingest.vectors-missing", Set.of());

    private final AmqpSender sender;

    RetryQueues(RabbitMqConfig config) throws GeneralSecurityException {
        sender = new AmqpSender(
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
