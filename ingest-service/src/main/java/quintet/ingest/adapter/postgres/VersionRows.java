package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.DocumentRows.OF_DOCUMENT;
import static quintet.ingest.adapter.postgres.DocumentRows.OF_VERSION;
import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.update;

import io.opentelemetry.api.trace.Span;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.Findings;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.port.VersionProgress.Prepared;

/** What begins and ends a version of a document, within a transaction. */
final class VersionRows {
    private VersionRows() {}

    /** Locks a document's row: nothing happens to it until the transaction ends. */
    static Optional<Document> lock(Connection connection, DocumentKey key) throws SQLException {
        return first(
                connection,
                DocumentRows.SELECT + "where d.collection = ? and d.document_id = ? for update of d",
                DocumentRows::read,
                key);
    }

    /** Makes the first version of a document. */
    static void insert(Connection connection, DocumentRef ref, Attributes given, Blob blob) throws SQLException {
        update(
                connection,
                """
                insert into document (collection, document_id, version, state, given_filename, given_title,
                    given_source, given_mime_type, given_metadata, given_groups, sha256, size_bytes, trace_id)
                values (?, ?, ?, 'RECEIVED', ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)""",
                ref,
                given.filename(),
                given.title(),
                given.source(),
                given.mimeType(),
                JsonMaps.write(given.metadata()),
                Statements.texts(connection, given.groups()),
                blob.sha256(),
                blob.sizeBytes(),
                traceId());
    }

    /** Makes the next version of a document; nothing that was found in the older one holds for it. */
    static void replace(Connection connection, DocumentRef ref, Attributes given, Blob blob) throws SQLException {
        update(
                connection,
                """
                update document set version = ?, state = 'RECEIVED', given_filename = ?, given_title = ?,
                    given_source = ?, given_mime_type = ?, given_metadata = ?::jsonb, given_groups = ?, sha256 = ?,
                    size_bytes = ?,
                    trace_id = ?, found_mime_type = '', found_title = '', found_language = '', found_page_count = 0,
                    found_metadata = '{}', chunk_count = 0, chunks_indexed = 0, attempts = 0, failure_stage = null,
                    failure_reason = null, failure_message = null, removed_at = null, doomed = false,
                    received_at = now(), progressed_at = now()""" + OF_DOCUMENT,
                ref.version(),
                given.filename(),
                given.title(),
                given.source(),
                given.mimeType(),
                JsonMaps.write(given.metadata()),
                Statements.texts(connection, given.groups()),
                blob.sha256(),
                blob.sizeBytes(),
                traceId(),
                ref.key());
        // Text of versions that never became searchable is of no use to anyone.
        update(connection, """
                delete from document_text t using document d where t.collection = d.collection
                    and t.document_id = d.document_id and t.version is distinct from d.ready_version
                    and d.collection = ? and d.document_id = ?""", ref.key());
        update(connection, "delete from staged_part" + OF_DOCUMENT, ref.key());
    }

    /** Makes a version of a document, cut as its collection asks for now, and hands it over to be processed. */
    static void put(Connection connection, DocumentRef ref, boolean known, Attributes given, Blob blob)
            throws SQLException {
        if (known) {
            replace(connection, ref, given, blob);
        } else {
            // A concurrent first version makes this collide; the transaction is then tried again and finds it.
            insert(connection, ref, given, blob);
        }
        DocumentChunking.take(connection, ref.key());
        received(connection, ref, blob);
        if (known) {
            AliasRows.follow(connection, ref.key());
        }
    }

    /** Hands a new version over to be processed. */
    static void received(Connection connection, DocumentRef ref, Blob blob) throws SQLException {
        arrived(connection, ref, blob);
        OutboxRows.insert(connection, List.of(new IngestEvent.DocumentReceived(ref)));
    }

    /** Notes that a new version is there, which need not be processed by anyone. */
    static void arrived(Connection connection, DocumentRef ref, Blob blob) throws SQLException {
        update(
                connection,
                "insert into document_blob (collection, document_id, sha256) values (?, ?, ?) on conflict do nothing",
                ref.key(),
                blob.sha256());
        reach(connection, ref, DocumentState.RECEIVED);
    }

    /** Notes what was found in a version that is open, and that it is cut into so many chunks; false if it is open no more. */
    static boolean chunked(Connection connection, DocumentRef ref, Prepared prepared, int chunkCount)
            throws SQLException {
        Findings found = prepared.found();
        int changed = update(
                connection,
                """
                update document set state = 'CHUNKED', chunk_count = ?, found_mime_type = ?, found_title = ?,
                    found_language = ?, found_page_count = ?, found_metadata = ?::jsonb""" + OF_VERSION + " and state in ('RECEIVED', 'PARSED')",
                chunkCount,
                found.mimeType(),
                found.title(),
                found.language(),
                found.pageCount(),
                JsonMaps.write(found.metadata()),
                ref);
        if (changed == 0) {
            return false;
        }
        reach(
                connection,
                ref,
                new Reached(DocumentState.PARSED, prepared.parsedAt()),
                new Reached(DocumentState.CHUNKED, null));
        return true;
    }

    /**
     * Begins a document anew as a version above all that anybody knows of: what is still under way for the old one is then late and
     * ignored everywhere, and parts of two attempts never meet.
     */
    static void again(Connection connection, Document document, long version) throws SQLException {
        DocumentRef next = new DocumentRef(document.ref().key(), version);
        long old = document.ref().version();
        takeBack(connection, next.key(), old, old);
        replace(connection, next, document.given(), document.blob());
        received(connection, next, document.blob());
        AliasRows.follow(connection, next.key());
    }

    /** Gives up the newest version of a document whose row this transaction has locked. */
    static void cancel(Connection connection, Document document) throws SQLException {
        DocumentRef ref = document.ref();
        update(connection, "update document set state = 'CANCELLED'" + OF_VERSION, ref);
        // The index refuses the versions before it, too.
        takeBack(connection, ref.key(), 1, ref.version());
        reach(connection, ref, DocumentState.CANCELLED);
        OutboxRows.insert(connection, List.of(new IngestEvent.VersionCancelled(ref)));
        AliasRows.follow(connection, ref.key());
    }

    /** Deletes a document whose row this transaction has locked. */
    static void tombstone(Connection connection, Document before) throws SQLException {
        DocumentKey key = before.ref().key();
        DocumentRef tombstone = new DocumentRef(key, before.ref().version() + 1);
        update(connection, """
                update document set version = ?, state = 'DELETED', ready_version = null, chunk_count = 0,
                    chunks_indexed = 0, failure_stage = null, failure_reason = null, failure_message = null,
                    trace_id = ?, removed_at = null, doomed = false""" + OF_DOCUMENT, tombstone.version(), traceId(), key);
        update(connection, "delete from document_text" + OF_DOCUMENT, key);
        update(connection, "delete from staged_part" + OF_DOCUMENT, key);
        takeBack(connection, key, 1, before.ref().version());
        reach(connection, tombstone, DocumentState.DELETED);
        OutboxRows.insert(connection, List.of(new IngestEvent.DocumentDeleted(tombstone)));
        AliasRows.follow(connection, key);
    }

    /**
     * Takes back the work of given up versions: what still waits for its turn, and the room of what is under way. What is being
     * granted at this moment goes its way and is thrown away later; waiting for it could be a deadlock.
     */
    static void takeBack(Connection connection, DocumentKey key, long from, long to) throws SQLException {
        update(connection, """
                delete from outbox where id in (
                    select id from outbox where collection = ? and document_id = ? and version between ? and ?
                        and lane in ('PARSE', 'EMBED', 'INDEX') and turn is null
                    for update skip locked)""", key, from, to);
        InFlightRows.forget(connection, key, from, to);
    }

    /**
     * A state that a version has come to.
     *
     * @param at since when; null for now
     */
    record Reached(DocumentState state, @Nullable Instant at) {}

    static void reach(Connection connection, DocumentRef ref, DocumentState state) throws SQLException {
        reach(connection, ref, new Reached(state, null));
    }

    /**
     * Notes states once, in their order, not before the states that came earlier, each with the event that tells of it. What
     * happens in a generation that is not live concerns nobody; what does is told by the name of its collection.
     */
    static void reach(Connection connection, DocumentRef ref, Reached... states) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with reached as (
                    insert into state_change (collection, document_id, version, state, at)
                    values (?, ?, ?, ?, greatest(coalesce(?, clock_timestamp()), (
                        select max(at) from state_change where collection = ? and document_id = ? and version = ?)))
                    on conflict do nothing returning collection, document_id, version, state, at)
                insert into pending_event (collection, document_id, version, state, at, chunk_count, chunks_indexed,
                    attempts, failure_stage, failure_reason, failure_message)
                select c.base, r.document_id, r.version, r.state, r.at, d.chunk_count, d.chunks_indexed,
                    d.attempts, d.failure_stage, d.failure_reason, d.failure_message
                from reached r join document d on d.collection = r.collection and d.document_id = r.document_id
                    join collection c on c.name = r.collection and c.live""")) {
            for (Reached reached : states) {
                OffsetDateTime at = reached.at() == null ? null : reached.at().atOffset(ZoneOffset.UTC);
                Statements.bind(statement, ref, reached.state(), at, ref);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static String traceId() {
        return Span.current().getSpanContext().isValid()
                ? Span.current().getSpanContext().getTraceId()
                : "";
    }
}
