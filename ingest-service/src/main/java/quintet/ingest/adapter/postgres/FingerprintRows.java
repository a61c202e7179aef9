package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.DocumentRows.OF_DOCUMENT;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.DocumentVector;
import quintet.ingest.model.Fingerprint;

/** Writes the originals within a transaction. */
final class FingerprintRows {
    private FingerprintRows() {}

    /** Makes a version an original. Aliases of an older version of other text take over. */
    static void claim(Connection connection, DocumentRef ref, Fingerprint fingerprint) throws SQLException {
        if (Statements.first(
                        connection,
                        "select scope, text_sha256 from text_fingerprint" + OF_DOCUMENT + " for update",
                        row -> row.getString("scope").equals(fingerprint.scope())
                                && row.getString("text_sha256").equals(fingerprint.textSha256()),
                        ref.key())
                .filter(same -> !same)
                .isPresent()) {
            AliasRows.promoteAll(connection, ref.key());
        }
        Fingerprint.@Nullable Sketch sketch = fingerprint.sketch();
        @Nullable DocumentVector vector = fingerprint.vector();
        Statements.update(
                connection,
                """
                insert into text_fingerprint (collection, document_id, version, scope, text_sha256, sketch_parameters,
                    signature, buckets, vector_model, vector)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (collection, document_id) do update set version = excluded.version, sequence = default,
                    scope = excluded.scope, text_sha256 = excluded.text_sha256,
                    sketch_parameters = excluded.sketch_parameters, signature = excluded.signature,
                    buckets = excluded.buckets, vector_model = excluded.vector_model, vector = excluded.vector""",
                ref,
                fingerprint.scope(),
                fingerprint.textSha256(),
                sketch == null ? null : sketch.parameters(),
                sketch == null ? null : Vectors.bytes(sketch.signature().toArray()),
                sketch == null
                        ? null
                        : connection.createArrayOf("bigint", sketch.buckets().toArray()),
                vector == null ? null : vector.model(),
                vector == null ? null : Vectors.bytes(vector.toArray()));
    }

    /** Keeps an original as it is until the transaction ends; false if it is not any more. */
    static boolean hold(Connection connection, DocumentRef original) throws SQLException {
        return Statements.first(
                        connection,
                        "select 1 from text_fingerprint" + OF_DOCUMENT + " and version = ? for update",
                        _ -> true,
                        original)
                .isPresent();
    }

    /** Lets go of a document that is no original any more; its aliases take over. */
    static void release(Connection connection, DocumentKey key) throws SQLException {
        AliasRows.promoteAll(connection, key);
        Statements.update(connection, "delete from text_fingerprint" + OF_DOCUMENT, key);
    }

    /** Returns where an original stands, and keeps others from picking it until the transaction ends. */
    static Optional<Standing> standing(Connection connection, DocumentKey key) throws SQLException {
        Optional<DocumentRef> original = Statements.first(
                connection,
                "select version from text_fingerprint" + OF_DOCUMENT + " for update",
                row -> new DocumentRef(key, row.getLong("version")),
                key);
        // Read only now: whoever had the lock may have changed the document.
        return original.isEmpty()
                ? Optional.empty()
                : Statements.first(
                        connection,
                        "select version, state, ready_version from document" + OF_DOCUMENT,
                        row -> standing(original.get().version(), row),
                        key);
    }

    private static Standing standing(long version, ResultSet document) throws SQLException {
        DocumentState state = DocumentState.valueOf(document.getString("state"));
        if (state == DocumentState.DELETED) {
            return Standing.GONE;
        }
        if (document.getLong("ready_version") == version) {
            return Standing.ANSWERS;
        }
        boolean givenUp = state == DocumentState.FAILED || state == DocumentState.CANCELLED;
        return document.getLong("version") == version && !givenUp ? Standing.WILL_ANSWER : Standing.GONE;
    }

    /** Whether an original answers for its text. */
    enum Standing {
        /** It is on its way into the index. */
        WILL_ANSWER,
        /** Searches find it. */
        ANSWERS,
        /** It never will, or no more. */
        GONE
    }
}
