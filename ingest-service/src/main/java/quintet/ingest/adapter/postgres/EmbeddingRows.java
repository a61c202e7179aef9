package quintet.ingest.adapter.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.EmbeddingKey;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.IngestEvent.ChunksCreated;

/** Reads and writes rows of table {@code part_embedding} within a transaction. */
final class EmbeddingRows {
    private EmbeddingRows() {}

    /** Notes what the vectors of parts are made from; other events are none of its business. */
    static void insert(Connection connection, List<? extends IngestEvent> events) throws SQLException {
        for (IngestEvent event : events) {
            if (event instanceof ChunksCreated part) {
                byte[][] keys = part.chunks().stream()
                        .map(chunk ->
                                HexFormat.of().parseHex(part.embeddingKey(chunk).sha256()))
                        .toArray(byte[][]::new);
                Statements.update(
                        connection,
                        """
                        insert into part_embedding (collection, document_id, version, part, embedding_keys, reused)
                        values (?, ?, ?, ?, ?, ?)""",
                        part.ref(),
                        part.part(),
                        connection.createArrayOf("bytea", keys),
                        part.unchanged().size());
            }
        }
    }

    /** Returns what the vectors of the version that searches find are made from; empty if there is none. */
    static Set<EmbeddingKey> ofReadyVersion(Connection connection, DocumentKey key) throws SQLException {
        Set<EmbeddingKey> keys = new HashSet<>();
        Statements.list(connection, """
                        select e.embedding_keys from part_embedding e
                        join document d using (collection, document_id)
                        where d.collection = ? and d.document_id = ? and e.version = d.ready_version""", EmbeddingRows::keys, key).forEach(keys::addAll);
        return keys;
    }

    /** Notes that a part is embedded as a whole. */
    static void reuseNothing(Connection connection, DocumentRef ref, int part) throws SQLException {
        Statements.update(connection, """
                update part_embedding set reused = 0
                where collection = ? and document_id = ? and version = ? and part = ?""", ref, part);
    }

    private static List<EmbeddingKey> keys(ResultSet row) throws SQLException {
        byte[][] keys = (byte[][]) row.getArray("embedding_keys").getArray();
        return Arrays.stream(keys)
                .map(key -> new EmbeddingKey(HexFormat.of().formatHex(key)))
                .toList();
    }
}
