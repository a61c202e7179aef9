package quintet.ingest.port;

import java.util.List;
import quintet.failure.Failure;
import quintet.ingest.model.OutboxEntry;

/** Publishes events. Blocking. */
public interface EventPublisher {
    /**
     * Returns once the broker has confirmed every entry and routed it to at least one queue, unless it is a state change,
     * which is for whoever listens. Some may have been published when it fails with {@link Failure.Kind#UNAVAILABLE}: publish all of them again.
     */
    void publish(List<OutboxEntry> entries);
}
