package quintet.ingest.adapter.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import quintet.failure.Failure;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.Findings;
import quintet.ingest.model.Fingerprint;
import quintet.ingest.port.DuplicateIndex;
import quintet.ingest.port.VersionProgress.Prepared;

/**
 * {@link DuplicateIndex} in PostgreSQL. Two decisions that could end in each other wait for one another at advisory locks; a
 * decision and whatever happens to the original it picks wait for one another at the original's row.
 */
@ApplicationScoped
class PostgresDuplicateIndex implements DuplicateIndex {
    private static final int ATTEMPTS = 5;

    private final Transactions transactions;

    PostgresDuplicateIndex(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public <T> T look(DocumentRef ref, String scope, Function<Originals, T> look) {
        return transactions.call(connection -> look.apply(new OriginalRows(connection, ref.key(), scope)));
    }

    @Override
    public Optional<Twin> twin(Document document, String scope) {
        Attributes given = document.given();
        return transactions.call(connection -> Statements.first(
                connection,
                """
                select d.found_mime_type, d.found_title, d.found_language, d.found_page_count, d.found_metadata,
                    d.given_filename, f.text_sha256
                from document d join text_fingerprint f using (collection, document_id, version)
                where d.sha256 = ? and d.collection = ? and d.document_id <> ? and f.scope = ?
                    and d.state in ('CHUNKED', 'EMBEDDED', 'INDEXED', 'READY') and d.given_mime_type = ?
                    and coalesce(substring(d.given_filename from '\\.[^.]*$'), '') = ?
                order by f.sequence limit 1""",
                row -> new Twin(found(row, given), row.getString("text_sha256")),
                document.blob().sha256(),
                document.ref().key(),
                scope,
                given.mimeType(),
                extension(given.filename())));
    }

    private static Findings found(ResultSet row, Attributes given) throws SQLException {
        Findings found = DocumentRows.found(row);
        return found.title().equals(row.getString("given_filename"))
                ? new Findings(
                        found.mimeType(), given.filename(), found.language(), found.pageCount(), found.metadata())
                : found;
    }

    private static String extension(String filename) {
        int dot = filename.lastIndexOf('.');
        return dot < 0 ? "" : filename.substring(dot);
    }

    @Override
    public Decision decide(
            DocumentRef ref,
            Prepared prepared,
            Fingerprint fingerprint,
            boolean all,
            Function<Originals, Optional<Match>> rule) {
        return transactions.call(connection -> {
            lock(connection, ref, fingerprint, all);
            if (!AliasRows.isOpen(connection, ref)) {
                return new Decision.Over();
            }
            OriginalRows originals = new OriginalRows(connection, ref.key(), fingerprint.scope());
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Match> match = rule.apply(originals);
                if (match.isEmpty()) {
                    FingerprintRows.claim(connection, ref, fingerprint);
                    return new Decision.Original();
                }
                if (FingerprintRows.hold(connection, match.get().original())) {
                    AliasRows.insert(connection, ref, prepared, match.get());
                    return new Decision.Alias(match.get());
                }
            }
            throw Failure.unavailable(
                    "ORIGINALS_CHANGE",
                    "the documents that this one is like change faster than it is decided on",
                    null);
        });
    }

    /** Whoever compares by more than the text alone does so by itself; others only wait for those with the same text. */
    private static void lock(Connection connection, DocumentRef ref, Fingerprint fingerprint, boolean all)
            throws SQLException {
        String collection = "quintet.ingest.deduplication/" + ref.key().collection();
        if (all) {
            advisoryLocks(connection, "pg_advisory_xact_lock(hashtextextended(?, 0))", collection);
        } else {
            advisoryLocks(
                    connection,
                    "pg_advisory_xact_lock_shared(hashtextextended(?, 0)), pg_advisory_xact_lock(hashtextextended(?, 0))",
                    collection,
                    "%s/%s/%s".formatted(collection, fingerprint.scope(), fingerprint.textSha256()));
        }
    }

    private static void advisoryLocks(Connection connection, String functions, String... names) throws SQLException {
        var _ = Statements.first(connection, "select " + functions, _ -> true, (Object[]) names);
    }
}
