package quintet.ingest.port;

import java.time.Duration;
import java.util.Optional;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.QueueAhead;
import quintet.ingest.model.Throughput;

/** Measures the pipeline over all replicas. Blocking; fails with {@link Failure.Kind#UNAVAILABLE}. */
public interface ProgressMeter {
    /** Returns the rates at which the last documents became READY within {@code window}, while any was on its way. */
    Throughput throughput(Duration window);

    /** Returns what is before a document; empty if it is not on its way. */
    Optional<QueueAhead> ahead(DocumentKey key);
}
