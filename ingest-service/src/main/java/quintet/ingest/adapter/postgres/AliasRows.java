package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.DocumentRows.OF_VERSION;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import quintet.ingest.adapter.postgres.FingerprintRows.Standing;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.port.DuplicateIndex.Match;
import quintet.ingest.port.VersionProgress.Prepared;

/** Follows the aliases through what happens to them and to their originals, within a transaction. */
final class AliasRows {
    private AliasRows() {}

    /** Locks a version's document; false if there is nothing left to decide. */
    static boolean isOpen(Connection connection, DocumentRef ref) throws SQLException {
        return Statements.first(
                        connection,
                        "select 1 from document" + OF_VERSION + " and state in ('RECEIVED', 'PARSED') for update",
                        _ -> true,
                        ref)
                .isPresent();
    }

    /** Makes an open version an alias of an original that is held. It counts as CHUNKED until the original answers. */
    static void insert(Connection connection, DocumentRef ref, Prepared prepared, Match match) throws SQLException {
        boolean _ = VersionRows.chunked(connection, ref, prepared, 0);
        FingerprintRows.release(connection, ref.key());
        Statements.update(connection, """
                insert into alias (collection, document_id, version, original_id, kind, score)
                values (?, ?, ?, ?, ?, ?)""", ref, match.original().key().documentId(), match.kind(), match.score());
        follow(connection, match.original().key());
    }

    /** Brings aliases in line with what has just happened to a document, as an original or as an alias itself. */
    static void follow(Connection connection, DocumentKey key) throws SQLException {
        Statements.update(connection, """
                delete from alias a using document d where d.collection = a.collection
                    and d.document_id = a.document_id and (d.version <> a.version or d.state in ('FAILED', 'CANCELLED', 'DELETED'))
                    and a.collection = ? and a.document_id = ?""", key);
        Optional<Standing> standing = FingerprintRows.standing(connection, key);
        if (standing.isPresent()) {
            switch (standing.get()) {
                case WILL_ANSWER -> {}
                case ANSWERS -> ready(connection, key);
                case GONE -> FingerprintRows.release(connection, key);
            }
        }
    }

    /** Every alias of a document becomes a version of its own again, to be processed from the start. */
    static void promoteAll(Connection connection, DocumentKey original) throws SQLException {
        List<DocumentRef> promoted = Statements.list(connection, """
                update document d set version = d.version + 1, state = 'RECEIVED', ready_version = null,
                    found_mime_type = '', found_title = '', found_language = '', found_page_count = 0,
                    found_metadata = '{}', chunk_count = 0, chunks_indexed = 0, attempts = 0
                from alias a where a.collection = d.collection and a.document_id = d.document_id
                    and a.version = d.version and d.state in ('CHUNKED', 'READY')
                    and a.collection = ? and a.original_id = ?
                returning d.collection, d.document_id, d.version""", AliasRows::ref, original);
        Statements.update(connection, "delete from alias where collection = ? and original_id = ?", original);
        for (DocumentRef ref : promoted) {
            VersionRows.reach(connection, ref, DocumentState.RECEIVED);
        }
        OutboxRows.insert(
                connection,
                promoted.stream().map(IngestEvent.DocumentReceived::new).toList());
    }

    /** The aliases that wait for a document become READY; what the index holds of their older versions goes. */
    private static void ready(Connection connection, DocumentKey original) throws SQLException {
        List<DocumentRef> ready = Statements.list(connection, """
                update document d set state = 'READY', ready_version = d.version
                from alias a where a.collection = d.collection and a.document_id = d.document_id
                    and a.version = d.version and d.state = 'CHUNKED' and a.collection = ? and a.original_id = ?
                returning d.collection, d.document_id, d.version""", AliasRows::ref, original);
        for (DocumentRef ref : ready) {
            VersionRows.reach(connection, ref, DocumentState.READY);
        }
        List<DocumentRef> updated =
                ready.stream().filter(ref -> ref.version() > 1).toList();
        for (DocumentRef ref : updated) {
            Statements.update(
                    connection,
                    "delete from document_text where collection = ? and document_id = ? and version < ?",
                    ref);
            Statements.update(
                    connection,
                    "delete from staged_part where collection = ? and document_id = ? and version < ?",
                    ref);
        }
        OutboxRows.insert(
                connection,
                updated.stream().map(IngestEvent.DocumentDeleted::new).toList());
    }

    private static DocumentRef ref(ResultSet row) throws SQLException {
        return DocumentRef.of(row.getString("collection"), row.getString("document_id"), row.getLong("version"));
    }
}
