package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.Statements.update;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.ingest.adapter.postgres.Generations.Writes;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;

/** A document in the generation that is written beside the live one, within the transaction that writes that. */
final class TwinRows {
    private TwinRows() {}

    /**
     * A document in both generations, its rows locked.
     *
     * @param key in the live one
     * @param live absent if it is not there
     * @param twinKey absent if there is no other generation
     * @param twin absent if it is not there, so that it was not copied yet, or there is no other generation
     */
    record Pair(
            DocumentKey key,
            @Nullable Document live,
            @Nullable DocumentKey twinKey,
            @Nullable Document twin) {
        /** Returns a version above those of both. */
        long nextVersion() {
            return 1 + Math.max(version(live), version(twin));
        }

        private static long version(@Nullable Document document) {
            return document == null ? 0 : document.ref().version();
        }
    }

    /** Locks a document wherever a write to it goes. */
    static Pair lock(Connection connection, DocumentKey key) throws SQLException {
        Writes writes = Generations.hold(connection, key.collection());
        DocumentKey live = key.in(writes.live());
        Optional<DocumentKey> twin = writes.twinOf(key);
        return new Pair(
                live,
                VersionRows.lock(connection, live).orElse(null),
                twin.orElse(null),
                twin.isPresent() ? VersionRows.lock(connection, twin.get()).orElse(null) : null);
    }

    /** Stores what was stored as {@code live} in the other generation too, where it is cut as that is. */
    static void put(Connection connection, Pair pair, Document live) throws SQLException {
        if (pair.twinKey() != null) {
            DocumentRef ref = new DocumentRef(pair.twinKey(), live.ref().version());
            VersionRows.put(connection, ref, pair.twin() != null, live.given(), live.blob());
        }
    }

    /** Deletes it in the other generation too. One that was not copied yet is copied as deleted. */
    static void delete(Connection connection, Pair pair) throws SQLException {
        if (pair.twin() != null && pair.twin().state() != DocumentState.DELETED) {
            VersionRows.tombstone(connection, pair.twin());
        }
    }

    /** Gives up what is on its way in the other generation too. */
    static void cancel(Connection connection, Pair pair) throws SQLException {
        if (pair.twin() != null && !pair.twin().state().settled()) {
            VersionRows.cancel(connection, pair.twin());
        }
    }

    /** Processes it again in the other generation too, if it was given up there. */
    static void retry(Connection connection, Pair pair, long version) throws SQLException {
        if (pair.twin() != null
                && (pair.twin().state() == DocumentState.FAILED || pair.twin().state() == DocumentState.CANCELLED)) {
            VersionRows.again(connection, pair.twin(), version);
        }
    }

    /**
     * Copies a document as it is in the live generation, whose row is locked: what is deleted or cancelled stays so, all else is
     * processed. One that is there already was written since, and is left alone.
     */
    static void copy(Connection connection, Document live, String generation) throws SQLException {
        DocumentKey from = live.ref().key();
        DocumentKey to = from.in(generation);
        boolean given = live.state() == DocumentState.DELETED || live.state() == DocumentState.CANCELLED;
        int copied = update(connection, """
                insert into document (collection, document_id, version, state, given_filename, given_title, given_source,
                    given_mime_type, given_metadata, given_groups, sha256, size_bytes, trace_id, doomed, removed_at)
                select ?, d.document_id, d.version, ?, d.given_filename, d.given_title, d.given_source,
                    d.given_mime_type, d.given_metadata, d.given_groups, d.sha256, d.size_bytes, d.trace_id, d.doomed,
                    case when d.state = 'DELETED' then coalesce(d.removed_at, now()) end
                from document d where d.collection = ? and d.document_id = ?
                on conflict do nothing""", generation, given ? live.state() : DocumentState.RECEIVED, from);
        if (copied == 0) {
            return;
        }
        update(
                connection,
                "insert into document_blob (collection, document_id, sha256) select ?, document_id, sha256"
                        + " from document_blob where collection = ? and document_id = ? on conflict do nothing",
                generation,
                from);
        DocumentRef ref = new DocumentRef(to, live.ref().version());
        if (given) {
            update(
                    connection,
                    "insert into state_change (collection, document_id, version, state, at)"
                            + " select ?, document_id, version, state, at from state_change"
                            + " where collection = ? and document_id = ? and version = ? and state = ?",
                    generation,
                    live.ref(),
                    live.state());
        } else {
            DocumentChunking.take(connection, to);
            VersionRows.received(connection, ref, live.blob());
        }
    }
}
