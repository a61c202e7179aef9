package quintet.retrieve.adapter.rabbitmq;

import com.google.protobuf.MessageLite;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
import quintet.messaging.AmqpSender;
import quintet.messaging.BrokerConnections;
import quintet.messaging.ProducerSpan;
import quintet.messaging.QueueSender;

/**
 * All that this service sends: its events, and messages on their way into a retry queue or to the dead letters. Not over the
 * messaging connector, whose publisher may refuse everything for good after its broker went at a bad moment.
 */
@ApplicationScoped
class BrokerSender implements QueueSender {
    static final String CHUNKS_STAGED = "retrieve.chunks-staged.v1";
    static final String DOCUMENT_INDEXED = "retrieve.document-indexed.v1";
    static final String DOCUMENT_REMOVED = "retrieve.document-removed.v1";
    static final String STAGE_FAILED = "retrieve.stage-failed.v1";
    static final String VECTORS_MISSING = "retrieve.vectors-missing.v1";

    private static final Map<String, Set<String>> QUEUES = Map.of(
            "retrieve.chunks-embedded", Set.of(),
            "retrieve.document-deleted", Set.of(),
            "retrieve.version-cancelled", Set.of(),
            "ingest.chunks-staged", Set.of(CHUNKS_STAGED),
            "ingest.document-indexed", Set.of(DOCUMENT_INDEXED),
            "ingest.document-removed", Set.of(DOCUMENT_REMOVED),
            "ingest.stage-failed", Set.of(STAGE_FAILED),
            "ingest.vectors-missing", Set.of(VECTORS_MISSING));

    private final AmqpSender sender;
    private final Tracer tracer;

    BrokerSender(BrokerConfig broker, EventsConfig config, Tracer tracer) throws GeneralSecurityException {
        this.tracer = tracer;
        sender = new AmqpSender(
                BrokerConnections.factory(broker), "quintet-retrieve sender", QUEUES, config.confirmTimeout());
    }

    void start(@Observes StartupEvent started) {
        sender.start();
    }

    /** Returns whether the queues of the events are known to be there. */
    boolean isReady() {
        return sender.isReady();
    }

    /** Returns once the broker has confirmed an event; fails with UNAVAILABLE and reason BROKER_UNAVAILABLE. */
    void publish(String routingKey, MessageLite event) {
        try (ProducerSpan span = ProducerSpan.start(tracer, Context.current(), routingKey)) {
            sender.publish(routingKey, event.toByteArray(), span.headers());
        }
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
