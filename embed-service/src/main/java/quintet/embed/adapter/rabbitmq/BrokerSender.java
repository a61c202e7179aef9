package quintet.embed.adapter.rabbitmq;

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
    static final String CHUNKS_EMBEDDED = "embed.chunks-embedded.v1";
    static final String STAGE_FAILED = "embed.stage-failed.v1";

    private static final Map<String, Set<String>> QUEUES = Map.of(
            "embed.chunks-created",
            Set.of(),
            "retrieve.chunks-embedded",
            Set.of(CHUNKS_EMBEDDED),
            "ingest.stage-failed",
            Set.of(STAGE_FAILED));

    private final AmqpSender sender;
    private final Tracer tracer;

    BrokerSender(BrokerConfig broker, EventsConfig config, Tracer tracer) throws GeneralSecurityException {
        this.tracer = tracer;
        sender = new AmqpSender(
                BrokerConnections.factory(broker), "quintet-embed sender", QUEUES, config.confirmTimeout());
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
