package quintet.ingest.adapter.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.model.StateEvent;

/** Reads rows of table {@code document_event}. */
final class EventRows {
    /** Selects events; append conditions on {@code e}. */
    static final String SELECT = """
            select e.position, e.collection, e.document_id, e.version, e.state, e.at, e.chunk_count, e.chunks_indexed,
                e.attempts, e.failure_stage, e.failure_reason, e.failure_message
            from document_event e
            """;

    private EventRows() {}

    static StateEvent read(ResultSet row) throws SQLException {
        String stage = row.getString("failure_stage");
        return new StateEvent(
                row.getLong("position"),
                row.getString("collection"),
                row.getString("document_id"),
                row.getLong("version"),
                DocumentState.valueOf(row.getString("state")),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getInt("chunk_count"),
                row.getInt("chunks_indexed"),
                row.getInt("attempts"),
                stage == null
                        ? null
                        : new StageFailure(
                                Stage.valueOf(stage),
                                row.getString("failure_reason"),
                                row.getString("failure_message")));
    }
}
