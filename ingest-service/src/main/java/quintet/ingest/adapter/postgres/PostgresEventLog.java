package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.update;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.model.StateEvent;
import quintet.ingest.port.EventLog;

/**
 * {@link EventLog} in PostgreSQL. Numbers that transactions draw become visible in the order of their commits, which is
 * another one: a reader would pass over a number whose transaction is late. So the order is made afterwards, by one
 * transaction at a time: it holds the row of {@code event_clock} while it moves what is committed from
 * {@code pending_event} to {@code document_event}.
 */
@ApplicationScoped
class PostgresEventLog implements EventLog {
    private static final String SEQUENCE = """
            with taken as (
                delete from pending_event where id in (select id from pending_event order by id limit ?) returning *)
            insert into document_event (position, collection, document_id, version, state, at, chunk_count,
                chunks_indexed, attempts, failure_stage, failure_reason, failure_message)
            select ? + row_number() over (order by id), collection, document_id, version, state, at, chunk_count,
                chunks_indexed, attempts, failure_stage, failure_reason, failure_message
            from taken""";

    private static final String PRUNE = """
            with gone as (
                delete from document_event where position in (
                    select position from document_event
                    where collection = ? and (at < clock_timestamp() - ? * interval '1 millisecond' or position <= (
                        select position from document_event where collection = ?
                        order by position desc offset ? limit 1))
                    order by position limit ?)
                returning position)
            select count(*) as events, coalesce(max(position), 0) as highest from gone""";

    private static final int PRUNE_BATCH = 5_000;

    private final Transactions transactions;

    PostgresEventLog(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public int sequence(int limit) {
        return transactions.call(connection -> {
            Optional<Long> last = first(
                    connection, "select last from event_clock for update skip locked", row -> row.getLong("last"));
            if (last.isEmpty()) {
                return 0;
            }
            int moved = update(connection, SEQUENCE, limit, last.get());
            if (moved > 0) {
                update(connection, "update event_clock set last = last + ?", moved);
                update(connection, """
                        insert into event_stream (collection, head)
                        select collection, max(position) from document_event where position > ? group by collection
                        on conflict (collection) do update set head = excluded.head""", last.get());
            }
            return moved;
        });
    }

    @Override
    public long head() {
        return transactions.call(PostgresEventLog::last);
    }

    @Override
    public Page read(String collection, long after, int limit) {
        return transactions.call(connection -> {
            List<StateEvent> events = read(connection, collection, after, limit);
            // After the events: what is forgotten in between is then seen as forgotten, never passed over.
            return new Page(floor(connection, collection), events);
        });
    }

    private static List<StateEvent> read(Connection connection, String collection, long after, int limit)
            throws SQLException {
        return Statements.list(
                connection,
                EventRows.SELECT + "where e.collection = ? and e.position > ? order by e.position limit ?",
                EventRows::read,
                collection,
                after,
                limit);
    }

    @Override
    public int publish(int limit, Consumer<List<OutboxEntry>> publish) {
        return transactions.call(connection -> {
            Optional<Long> position = first(
                    connection,
                    "select position from event_publication for update skip locked",
                    row -> row.getLong("position"));
            if (position.isEmpty()) {
                return 0;
            }
            List<StateEvent> events = Statements.list(
                    connection,
                    EventRows.SELECT + "where e.position > ? order by e.position limit ?",
                    EventRows::read,
                    position.get(),
                    limit);
            if (!events.isEmpty()) {
                publish.accept(
                        events.stream().map(StateEventProtoMapping::toEntry).toList());
                update(
                        connection,
                        "update event_publication set position = ?",
                        events.getLast().position());
            }
            return events.size();
        });
    }

    @Override
    public int prune(Duration keepFor, int keep) {
        List<String> collections = transactions.call(connection ->
                Statements.list(connection, "select collection from event_stream", row -> row.getString("collection")));
        int pruned = 0;
        for (String collection : collections) {
            int batch;
            do {
                batch = pruneBatch(collection, keepFor, keep);
                pruned += batch;
            } while (batch == PRUNE_BATCH);
        }
        return pruned;
    }

    private int pruneBatch(String collection, Duration keepFor, int keep) {
        return transactions.call(connection -> {
            Gone gone = first(
                            connection,
                            PRUNE,
                            row -> new Gone(row.getInt("events"), row.getLong("highest")),
                            collection,
                            keepFor.toMillis(),
                            collection,
                            keep,
                            PRUNE_BATCH)
                    .orElseThrow();
            update(
                    connection,
                    "update event_stream set floor = greatest(floor, ?) where collection = ?",
                    gone.highest(),
                    collection);
            return gone.events();
        });
    }

    private record Gone(int events, long highest) {}

    private static long last(Connection connection) throws SQLException {
        return first(connection, "select last from event_clock", row -> row.getLong("last"))
                .orElseThrow();
    }

    private static long floor(Connection connection, String collection) throws SQLException {
        return first(
                        connection,
                        "select floor from event_stream where collection = ?",
                        row -> row.getLong("floor"),
                        collection)
                .orElse(0L);
    }
}
