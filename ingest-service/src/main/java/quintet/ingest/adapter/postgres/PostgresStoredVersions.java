package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.DocumentRows.OF_VERSION;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.IngestEvent.ChunksCreated;
import quintet.ingest.port.StoredVersions;
import quintet.ingest.port.VersionProgress.Prepared;

/** {@link StoredVersions} in PostgreSQL, from the rows that the registry wrote. */
@ApplicationScoped
class PostgresStoredVersions implements StoredVersions {
    private static final Set<DocumentState> UNDER_WAY =
            Set.of(DocumentState.CHUNKED, DocumentState.EMBEDDED, DocumentState.FAILED);

    private final Transactions transactions;

    PostgresStoredVersions(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Stored> underWay(DocumentRef ref) {
        return stored(ref, UNDER_WAY::contains);
    }

    @Override
    public Optional<Stored> newest(DocumentRef ref) {
        return stored(ref, _ -> true);
    }

    private Optional<Stored> stored(DocumentRef ref, Predicate<DocumentState> wanted) {
        return transactions.call(connection -> {
            Optional<Document> document = DocumentRows.find(connection, ref.key())
                    .filter(found -> found.ref().equals(ref) && wanted.test(found.state()));
            Optional<String> text = Statements.first(
                    connection, "select content from document_text" + OF_VERSION, row -> row.getString("content"), ref);
            if (document.isEmpty() || text.isEmpty()) {
                return Optional.empty();
            }
            Instant parsedAt = document.get().times().getOrDefault(DocumentState.PARSED, Instant.EPOCH);
            // Chunks know their pages and headings: the blocks have served their purpose.
            CleanText clean = new CleanText(text.get(), List.of(), List.of());
            List<Chunk> chunks = ChunkRows.list(connection, ref);
            return Optional.of(new Stored(
                    document.get().given(), new Prepared(document.get().found(), clean, () -> chunks, parsedAt)));
        });
    }

    @Override
    public boolean handOver(ChunksCreated part) {
        return transactions.call(connection -> {
            if (lock(connection, part.ref()).isEmpty()) {
                return false;
            }
            EmbeddingRows.reuseNothing(connection, part.ref(), part.part());
            OutboxRows.insertAgain(connection, List.of(part));
            return true;
        });
    }

    private static Optional<Document> lock(Connection connection, DocumentRef ref) throws SQLException {
        return VersionRows.lock(connection, ref.key()).filter(document -> isUnderWay(document, ref));
    }

    private static boolean isUnderWay(Document document, DocumentRef ref) {
        return document.ref().equals(ref) && UNDER_WAY.contains(document.state());
    }
}
