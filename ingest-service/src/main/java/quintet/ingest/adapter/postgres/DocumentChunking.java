package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.update;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.DocumentKey;

/** The chunking of a document's newest version, which its collection had when the version was put. */
final class DocumentChunking {
    private static final String OF_COLLECTION = "coalesce(c.settings -> 'chunking', '{}')";

    private DocumentChunking() {}

    /** Returns whether the document was put under the chunking that its collection has now. */
    static boolean isTheCollections(Connection connection, DocumentKey key) throws SQLException {
        return first(
                        connection,
                        "select 1 from document d join collection c on c.name = d.collection"
                                + " where d.collection = ? and d.document_id = ? and d.chunking = " + OF_COLLECTION,
                        row -> 1,
                        key)
                .isPresent();
    }

    /** Notes how a document was cut elsewhere. */
    static void note(Connection connection, DocumentKey key, @Nullable ChunkingSettings chunking) throws SQLException {
        update(
                connection,
                "update document set chunking = ?::jsonb where collection = ? and document_id = ?",
                SettingsJson.write(chunking),
                key);
    }

    static void take(Connection connection, DocumentKey key) throws SQLException {
        update(
                connection,
                "update document d set chunking = " + OF_COLLECTION
                        + " from collection c where c.name = d.collection and d.collection = ? and d.document_id = ?",
                key);
    }
}
