package quintet.ingest.adapter.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;

/** Takes handed over work for done, within a transaction, where the state of the document does not tell. */
final class InFlightRows {
    private InFlightRows() {}

    /** One part of a version is done. */
    static void forget(Connection connection, DocumentRef ref, int part) throws SQLException {
        Statements.update(
                connection,
                "delete from in_flight where collection = ? and document_id = ? and version = ? and part = ?",
                ref,
                part);
    }

    /** Nobody waits for these versions any more. Rows that another transaction holds are forgotten there. */
    static void forget(Connection connection, DocumentKey key, long from, long to) throws SQLException {
        Statements.update(connection, """
                delete from in_flight where outbox_id in (
                    select outbox_id from in_flight where collection = ? and document_id = ? and version between ? and ?
                    for update skip locked)""", key, from, to);
    }
}
