package quintet.retrieve.adapter.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.messaging.EventTopology;

/**
 * The queues of this service's events, declared before the first event: the service may start on an empty broker, and an
 * event that no queue is bound for looks confirmed and is lost.
 */
@ApplicationScoped
class EventQueues {
    static final String CHUNKS_STAGED = "retrieve.chunks-staged.v1";
    static final String DOCUMENT_INDEXED = "retrieve.document-indexed.v1";
    static final String DOCUMENT_REMOVED = "retrieve.document-removed.v1";
    static final String STAGE_FAILED = "retrieve.stage-failed.v1";
    static final String VECTORS_MISSING = "retrieve.vectors-missing.v1";

    private static final Logger LOG = Logger.getLogger(EventQueues.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Map<String, Set<String>> ROUTING_KEYS = Map.of(
            "ingest.chunks-staged", Set.of(CHUNKS_STAGED),
            "ingest.document-indexed", Set.of(DOCUMENT_INDEXED),
            "ingest.document-removed", Set.of(DOCUMENT_REMOVED),
            "ingest.stage-failed", Set.of(STAGE_FAILED),
            "ingest.vectors-missing", Set.of(VECTORS_MISSING));

    private final BrokerConfig broker;
    private volatile boolean declared;
    private volatile boolean stopping;

    EventQueues(BrokerConfig broker) {
        this.broker = broker;
    }

    void start(@Observes StartupEvent started) {
        var _ = Thread.ofVirtual().name("event-queues").start(this::declareUntilDone);
    }

    void stop(@Observes ShutdownEvent stop) {
        stopping = true;
    }

    /** Fails with UNAVAILABLE and reason BROKER_UNAVAILABLE while an event could be lost. */
    void requireDeclared() {
        if (!declared) {
            throw Failure.unavailable(
                    "BROKER_UNAVAILABLE",
                    "the broker at %s:%d has not taken the queues of the events yet"
                            .formatted(broker.host(), broker.port()),
                    null);
        }
    }

    boolean declared() {
        return declared;
    }

    private void declareUntilDone() {
        for (int attempt = 1; !declared && !stopping; attempt++) {
            try {
                declare();
                declared = true;
            } catch (IOException | TimeoutException | GeneralSecurityException e) {
                if (attempt == 1) {
                    LOG.warnf(
                            "the broker at %s:%d does not take the queues of the events yet, trying on: %s",
                            broker.host(), broker.port(), e);
                }
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void declare() throws IOException, TimeoutException, GeneralSecurityException {
        try (Connection connection = BrokerConnections.factory(broker).newConnection("retrieve event queues");
                Channel channel = connection.createChannel()) {
            for (Map.Entry<String, Set<String>> queue : ROUTING_KEYS.entrySet()) {
                EventTopology.declare(channel, queue.getKey(), queue.getValue());
            }
        }
    }
}
