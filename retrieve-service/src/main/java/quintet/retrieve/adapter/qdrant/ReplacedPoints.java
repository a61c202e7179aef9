package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Common.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionName;

/** Deletes points for good that were replaced longer ago than any search may last. */
final class ReplacedPoints {
    private static final Logger LOG = Logger.getLogger(ReplacedPoints.class);

    private final CollectionName name;
    private final QdrantStore store;
    private final Duration kept;
    private final Deque<Committed> committed = new ArrayDeque<>();

    private record Committed(long generation, Instant at) {}

    ReplacedPoints(CollectionName name, QdrantStore store) {
        this.name = name;
        this.store = store;
        kept = store.config().keepReplaced();
    }

    /** Takes note that new searches do not see what was replaced up to {@code generation}, which rises from call to call. */
    synchronized void before(long generation) {
        committed.addLast(new Committed(generation, Instant.now()));
    }

    /** Deletes what is old enough; what can not be deleted is tried again next time. */
    void purge() {
        OptionalLong last = next(Instant.now().minus(kept));
        if (last.isEmpty()) {
            return;
        }
        Filter gone = Filter.newBuilder()
                .addMust(Conditions.atMost(Payload.UNTIL, last.getAsLong()))
                .build();
        try {
            store.schema().place(name).ifPresent(at -> new Updates(store.calls(), at.physical()).delete(gone));
            new Updates(store.calls(), store.names().heads(name)).delete(gone);
        } catch (Failure e) {
            LOG.warnf(
                    "replaced passages of collection %s stay for now, reason=%s: %s", name, e.reason(), e.getMessage());
            synchronized (this) {
                committed.addFirst(new Committed(last.getAsLong(), Instant.EPOCH));
            }
        }
    }

    private synchronized OptionalLong next(Instant before) {
        OptionalLong last = OptionalLong.empty();
        while (!committed.isEmpty() && committed.getFirst().at().isBefore(before)) {
            last = OptionalLong.of(committed.removeFirst().generation());
        }
        return last;
    }
}
