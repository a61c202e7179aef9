package quintet.ingest.adapter.postgres;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import quintet.ingest.model.IngestEvent;

/** Writes events to the outbox within a transaction, each with the trace context of the calling thread. */
final class OutboxRows {
    private OutboxRows() {}

    /** Hands over work that was handed over before and got lost: it no longer takes room in its lane. */
    static void insertAgain(Connection connection, List<? extends IngestEvent> events) throws SQLException {
        for (IngestEvent event : events) {
            InFlightRows.forget(connection, event.ref(), part(event));
        }
        insert(connection, events);
    }

    static void insert(Connection connection, List<? extends IngestEvent> events) throws SQLException {
        String trace = JsonMaps.write(currentTrace());
        String sql = """
                insert into outbox (collection, document_id, version, routing_key, part, payload, trace_headers)
                values (?, ?, ?, ?, ?, ?, ?::jsonb)""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (IngestEvent event : events) {
                byte[] payload = EventProtoMapping.toProto(event).toByteArray();
                Statements.bind(
                        statement, event.ref(), EventProtoMapping.routingKey(event), part(event), payload, trace);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static int part(IngestEvent event) {
        return switch (event) {
            case IngestEvent.ChunksCreated chunks -> chunks.part();
            case IngestEvent.ChunksEmbedded embedded -> embedded.part().part();
            case IngestEvent.DocumentReceived _, IngestEvent.DocumentDeleted _, IngestEvent.VersionCancelled _ -> 0;
        };
    }

    private static Map<String, String> currentTrace() {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance()
                .inject(
                        Context.current(),
                        headers,
                        (carrier, key, value) -> Objects.requireNonNull(carrier).put(key, value));
        return headers;
    }
}
