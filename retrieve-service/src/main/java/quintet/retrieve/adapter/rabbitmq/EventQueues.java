package quintet.retrieve.adapter.rabbitmq;

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
    static final String CHUNKS_STAGED = "retrieve.chunks-staged.v1";
    static final String DOCUMENT_INDEXED = "retrieve.document-indexed.v1";
    static final String DOCUMENT_REMOVED = "retrieve.document-removed.v1";
    static final String STAGE_FAILED = "retrieve.stage-failed.v1";
    static final String VECTORS_MISSING = "retrieve.vectors-missing.v1";

    private static final Map<String, Set<String>> ROUTING_KEYS = Map.of(
            "ingest.chunks-staged", Set.of(CHUNKS_STAGED),
            "ingest.document-indexed", Set.of(DOCUMENT_INDEXED),
            "ingest.document-removed", Set.of(DOCUMENT_REMOVED),
            "ingest.stage-failed", Set.of(STAGE_FAILED),
            "ingest.vectors-missing", Set.of(VECTORS_MISSING));

    private final QueueDeclaration declaration;

    EventQueues(BrokerConfig broker) {
        declaration = new QueueDeclaration(broker, "retrieve event queues", ROUTING_KEYS);
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
