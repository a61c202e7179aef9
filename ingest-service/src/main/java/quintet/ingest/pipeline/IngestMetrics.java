package quintet.ingest.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentState;
import quintet.ingest.port.DocumentRegistry;
import quintet.ingest.port.Outbox;

/** Gauges that need a query: read every few seconds, not with each scrape. */
@ApplicationScoped
class IngestMetrics {
    private static final Logger LOG = Logger.getLogger(IngestMetrics.class);

    private final DocumentRegistry registry;
    private final Outbox outbox;
    private final Map<DocumentState, AtomicLong> documents = new EnumMap<>(DocumentState.class);
    private final AtomicLong outboxDepth;
    private final AtomicLong outboxAgeMillis = new AtomicLong();

    IngestMetrics(DocumentRegistry registry, Outbox outbox, MeterRegistry meters) {
        this.registry = registry;
        this.outbox = outbox;
        for (DocumentState state : DocumentState.values()) {
            documents.put(
                    state, meters.gauge("quintet.ingest.documents", Tags.of("state", state.name()), new AtomicLong()));
        }
        outboxDepth = meters.gauge("quintet.ingest.outbox.depth", new AtomicLong());
        meters.gauge("quintet.ingest.outbox.age.seconds", outboxAgeMillis, age -> age.get() / 1000.0);
    }

    @Scheduled(every = "5s")
    @RunOnVirtualThread
    void read() {
        try {
            Map<DocumentState, Long> counts = registry.countsByState();
            documents.forEach((state, count) -> count.set(counts.getOrDefault(state, 0L)));
            Outbox.Backlog backlog = outbox.backlog();
            outboxDepth.set(backlog.depth());
            outboxAgeMillis.set(backlog.age().toMillis());
        } catch (Failure failure) {
            LOG.debugf("metrics not read, reason=%s", failure.reason());
        }
    }
}
