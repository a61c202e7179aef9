package quintet.ingest.adapter.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentVector;
import quintet.ingest.model.Fingerprint;
import quintet.ingest.model.MinHashSignature;
import quintet.ingest.port.DuplicateIndex.Originals;
import quintet.ingest.port.DuplicateIndex.Signed;

/** {@link Originals} within a transaction. */
final class OriginalRows implements Originals {
    private static final String OTHERS = " where collection = ? and document_id <> ? and scope = ?";
    private static final int FETCH = 500;

    private final Connection connection;
    private final DocumentKey self;
    private final String scope;

    OriginalRows(Connection connection, DocumentKey self, String scope) {
        this.connection = connection;
        this.self = self;
        this.scope = scope;
    }

    @Override
    public Optional<DocumentRef> ofText(String textSha256) {
        return reading(() -> Statements.first(
                connection,
                "select document_id, version from text_fingerprint" + OTHERS
                        + " and text_sha256 = ? order by sequence limit 1",
                this::ref,
                self,
                scope,
                textSha256));
    }

    @Override
    public List<Signed> sharingABucket(Fingerprint.Sketch sketch, int limit) {
        return reading(() -> Statements.list(
                connection,
                "select document_id, version, signature from text_fingerprint" + OTHERS
                        + " and sketch_parameters = ? and buckets && ? order by document_id limit ?",
                row -> new Signed(ref(row), new MinHashSignature(Vectors.ints(row.getBytes("signature")))),
                self,
                scope,
                sketch.parameters(),
                connection.createArrayOf("bigint", sketch.buckets().toArray()),
                limit));
    }

    @Override
    public Optional<String> text(DocumentRef ref) {
        return reading(() -> Statements.first(
                connection,
                "select content from document_text where collection = ? and document_id = ? and version = ?",
                row -> row.getString("content"),
                ref));
    }

    @Override
    public void vectors(String model, int limit, BiConsumer<DocumentRef, DocumentVector> visitor) {
        String sql = "select document_id, version, vector from text_fingerprint" + OTHERS
                + " and vector_model = ? and vector is not null order by sequence desc limit ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH);
            Statements.bind(statement, self, scope, model, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.accept(ref(rows), new DocumentVector(model, Vectors.floats(rows.getBytes("vector"))));
                }
            }
        } catch (SQLException e) {
            throw Transactions.toFailure(e);
        }
    }

    private DocumentRef ref(ResultSet row) throws SQLException {
        return DocumentRef.of(self.collection(), row.getString("document_id"), row.getLong("version"));
    }

    private static <T> T reading(Read<T> read) {
        try {
            return read.read();
        } catch (SQLException e) {
            throw Transactions.toFailure(e);
        }
    }

    @FunctionalInterface
    private interface Read<T> {
        T read() throws SQLException;
    }
}
