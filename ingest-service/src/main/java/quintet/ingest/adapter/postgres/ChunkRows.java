package quintet.ingest.adapter.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkContext;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.DocumentRef;

/** The text of a version and the spans of its chunks, within a transaction. */
final class ChunkRows {
    private static final int BATCH = 500;

    private ChunkRows() {}

    static void insert(Connection connection, DocumentRef ref, CleanText text, List<Chunk> chunks) throws SQLException {
        Statements.update(
                connection,
                "insert into document_text (collection, document_id, version, content) values (?, ?, ?, ?)",
                ref,
                text.text());
        MessageDigest sha256 = sha256();
        String sql = """
                insert into chunk (collection, document_id, version, ordinal, start_offset, end_offset, page, page_end,
                    section_path, token_count, text_sha256, context_start, context_end, context_page, context_page_end)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Chunk chunk : chunks) {
                ChunkContext context = chunk.context();
                Statements.bind(
                        statement,
                        ref,
                        chunk.ordinal(),
                        chunk.start(),
                        chunk.end(),
                        chunk.page(),
                        chunk.pageEnd(),
                        connection.createArrayOf("text", chunk.sectionPath().toArray()),
                        chunk.tokenCount(),
                        sha256.digest(chunk.textIn(text).getBytes(UTF_8)),
                        context == null ? null : context.start(),
                        context == null ? null : context.end(),
                        context == null ? null : context.page(),
                        context == null ? null : context.pageEnd());
                statement.addBatch();
                if (chunk.ordinal() % BATCH == BATCH - 1) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }

    /** Returns the chunks of a version in their order; none if it has no text. */
    static List<Chunk> list(Connection connection, DocumentRef ref) throws SQLException {
        return Statements.list(
                connection,
                "select * from chunk where collection = ? and document_id = ? and version = ? order by ordinal",
                ChunkRows::read,
                ref);
    }

    private static Chunk read(ResultSet row) throws SQLException {
        Chunk chunk = new Chunk(
                row.getInt("ordinal"),
                row.getInt("start_offset"),
                row.getInt("end_offset"),
                row.getInt("page"),
                row.getInt("page_end"),
                List.of((String[]) row.getArray("section_path").getArray()),
                row.getInt("token_count"));
        int contextEnd = row.getInt("context_end");
        return contextEnd == 0
                ? chunk
                : chunk.within(new ChunkContext(
                        row.getInt("context_start"),
                        contextEnd,
                        row.getInt("context_page"),
                        row.getInt("context_page_end")));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
