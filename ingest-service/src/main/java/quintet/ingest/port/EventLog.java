package quintet.ingest.port;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import quintet.failure.Failure;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.model.StateEvent;

/**
 * State changes in one order for everybody: whoever has seen a position has seen all below it, or can read them. Blocking;
 * safe for several processes at once. Fails with {@link Failure.Kind#UNAVAILABLE}.
 */
public interface EventLog {
    /**
     * Gives positions to changes that are committed and have none.
     *
     * @return how many; 0 also while another process is at it
     */
    int sequence(int limit);

    /** Returns the highest position; 0 if there is none. */
    long head();

    /** Returns the events of a collection after a position. */
    Page read(String collection, long after, int limit);

    /**
     * Hands the events that no publisher has taken yet to {@code publish}, of all collections, as they go to the broker, and
     * remembers how far it came once that returns.
     *
     * @return how many; 0 also while another process is at it
     */
    int publish(int limit, Consumer<List<OutboxEntry>> publish);

    /** Forgets events that are older than {@code keepFor} or beyond the newest {@code keep} of their collection. */
    int prune(Duration keepFor, int keep);

    /**
     * Events of a collection.
     *
     * @param floor highest position of the collection that was forgotten; 0 if none was
     * @param events by rising position
     */
    record Page(long floor, List<StateEvent> events) {
        /** Copies the events. */
        public Page {
            events = List.copyOf(events);
        }
    }
}
