package quintet.ingest.adapter.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.port.Outbox;

/**
 * {@link Outbox} in PostgreSQL. What {@link FairDispatch} granted is published batch after batch. A batch stays locked while it is
 * published, so that several dispatchers share the work; one that dies gives its rows back with its connection.
 */
@ApplicationScoped
class PostgresOutbox implements Outbox {
    private static final String TAKE = """
            select id, routing_key, payload, trace_headers from outbox
            where lane is null or turn is not null order by turn nulls first, id limit ? for update skip locked""";

    private final Transactions transactions;
    private final FairDispatch dispatch;

    PostgresOutbox(Transactions transactions, FairDispatch dispatch) {
        this.transactions = transactions;
        this.dispatch = dispatch;
    }

    @Override
    public int drain(int limit, Consumer<List<OutboxEntry>> publish) {
        dispatch.grant(limit);
        return transactions.call(connection -> {
            // Rows that a crash of the database brings back are published again, which is allowed.
            Statements.update(connection, "set local synchronous_commit = off");
            List<OutboxEntry> entries = Statements.list(connection, TAKE, PostgresOutbox::read, limit);
            if (!entries.isEmpty()) {
                publish.accept(entries);
                Object[] ids = entries.stream().map(OutboxEntry::id).toArray();
                Statements.update(
                        connection, "delete from outbox where id = any (?)", connection.createArrayOf("bigint", ids));
            }
            return entries.size();
        });
    }

    @Override
    public Backlog backlog() {
        return transactions.call(connection -> Statements.first(
                        connection,
                        """
                        select count(*) as depth,
                               coalesce(extract(epoch from now() - (
                                   select created_at from outbox order by id limit 1)), 0)::double precision as age
                        from outbox""",
                        row -> new Backlog(row.getLong("depth"), Duration.ofMillis((long)
                                (Math.max(0, row.getDouble("age")) * 1000))))
                .orElseThrow());
    }

    private static OutboxEntry read(ResultSet row) throws SQLException {
        return new OutboxEntry(
                row.getLong("id"),
                row.getString("routing_key"),
                new OutboxEntry.Payload(row.getBytes("payload")),
                JsonMaps.read(row.getString("trace_headers")));
    }
}
