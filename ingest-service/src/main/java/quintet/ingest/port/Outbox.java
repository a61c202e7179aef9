package quintet.ingest.port;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import quintet.ingest.model.OutboxEntry;

/** Events that are durable and wait to be published. Blocking; safe for several dispatchers at once. */
public interface Outbox {
    /**
     * Takes the oldest entries that nobody else holds, hands them to {@code publish} and deletes them once it returns. If
     * it throws, they stay.
     *
     * @return the number of entries published
     */
    int drain(int limit, Consumer<List<OutboxEntry>> publish);

    /** Returns how much waits. */
    Backlog backlog();

    /**
     * How much waits.
     *
     * @param depth entries
     * @param age age of the oldest; zero if there is none
     */
    record Backlog(long depth, Duration age) {}
}
