package quintet.ingest.port;

import java.time.Duration;
import java.util.Optional;
import quintet.failure.Failure;

/**
 * How far the webhook is in each collection. Blocking; safe for several processes at once: a collection is with one of them
 * at a time. Fails with {@link Failure.Kind#UNAVAILABLE}.
 */
public interface WebhookProgress {
    /**
     * Takes a collection that has events to deliver and is due, and counts an attempt. Nobody else gets it before
     * {@code lease} is over: a process that dies gives it back that way.
     */
    Optional<Turn> take(Duration lease);

    /** Notes that the events up to {@code position} are dealt with. */
    void advance(Turn turn, long position);

    /** Gives a collection back until {@code pause} is over. */
    void postpone(Turn turn, Duration pause);

    /**
     * A collection's turn.
     *
     * @param collection the collection
     * @param position position of the last event that was dealt with
     * @param attempt number of this attempt at the events after it, from 1
     */
    record Turn(String collection, long position, int attempt) {}
}
