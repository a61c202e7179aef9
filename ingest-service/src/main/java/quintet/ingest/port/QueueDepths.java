package quintet.ingest.port;

import java.util.Set;
import quintet.failure.Failure;

/** How much waits at the broker. Blocking; fails with {@link Failure.Kind#UNAVAILABLE}. */
public interface QueueDepths {
    /** Returns those of the queues in which messages wait, be it for their first or for another attempt. */
    Set<String> busy(Set<String> queues);
}
