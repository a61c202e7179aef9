package quintet.embed.adapter.rabbitmq;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import quintet.messaging.QueueDeclaration;

/** The queues of this service's events. */
@ApplicationScoped
class EventQueues {
    static final String CHUNKS_EMBEDDED = "embed.chunks-embedded.v1";
    static final String STAGE_FAILED = "embed.stage-failed.v1";

    private static final Map<String, Set<String>> ROUTING_KEYS =
            Map.of("retrieve.chunks-embedded", Set.of(CHUNKS_EMBEDDED), "ingest.stage-failed", Set.of(STAGE_FAILED));

    private final QueueDeclaration declaration;

    EventQueues(BrokerConfig broker) {
        declaration = new QueueDeclaration(broker, "embed event queues", ROUTING_KEYS);
    }

    void start(@Observes StartupEvent started) {
        declaration.start();
    }

    void stop(@Observes ShutdownEvent stop) {
        declaration.stop();
    }

    QueueDeclaration declaration() {
        return declaration;
    }
}
