package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.DocumentRows.OF_DOCUMENT;
import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.update;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentPage;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.Submission;
import quintet.ingest.model.Visibility;
import quintet.ingest.port.DocumentRegistry;

/** {@link DocumentRegistry} in PostgreSQL. A document's row lock orders everything that happens to it. */
@ApplicationScoped
class PostgresDocumentRegistry implements DocumentRegistry {
    /** A condition on {@code document d}, with places for whether all groups may be seen and for those that may. */
    private static final String VISIBLE = "(? or d.given_groups = '{}' or d.given_groups && ?)";

    private final Transactions transactions;

    PostgresDocumentRegistry(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Submission put(DocumentKey key, Attributes given, Blob blob, Visibility by) {
        return transactions.call(connection -> {
            TwinRows.Pair pair = TwinRows.lock(connection, key);
            Document before = pair.live();
            if (before == null) {
                update(
                        connection,
                        "insert into collection (name) values (?) on conflict do nothing",
                        pair.key().collection());
            } else {
                requireVisible(before, by);
                if (same(before, given, blob)
                        && !doomed(connection, pair.key())
                        && DocumentChunking.isTheCollections(connection, pair.key())) {
                    return new Submission(before, true);
                }
            }
            DocumentRef ref = new DocumentRef(pair.key(), pair.nextVersion());
            VersionRows.put(connection, ref, before != null, given, blob);
            Document document = DocumentRows.find(connection, pair.key()).orElseThrow();
            TwinRows.put(connection, pair, document);
            return new Submission(document, false);
        });
    }

    @Override
    public Optional<Document> find(DocumentKey key) {
        return transactions.call(connection -> DocumentRows.find(connection, Generations.live(connection, key)));
    }

    @Override
    public Optional<DocumentPage> list(
            String collection, @Nullable DocumentState state, int limit, @Nullable String after, Visibility by) {
        return transactions.call(connection -> {
            String live = Generations.live(connection, collection);
            if (first(connection, "select 1 from collection where name = ?", row -> 1, live)
                    .isEmpty()) {
                return Optional.empty();
            }
            String condition = state == null ? "d.state <> 'DELETED'" : "d.state = ?";
            String sql = DocumentRows.SELECT + "where d.collection = ? and d.document_id > ? and " + VISIBLE + " and "
                    + condition + " order by d.document_id limit ?";
            String from = after == null ? "" : after;
            Array groups = Statements.texts(connection, by.groups());
            boolean all = by.everyGroup();
            List<Document> documents = state == null
                    ? Statements.list(connection, sql, DocumentRows::read, live, from, all, groups, limit + 1)
                    : Statements.list(connection, sql, DocumentRows::read, live, from, all, groups, state, limit + 1);
            boolean more = documents.size() > limit;
            List<Document> page = more ? documents.subList(0, limit) : documents;
            String next = more ? page.getLast().ref().key().documentId() : null;
            return Optional.of(new DocumentPage(page, next, counts(connection, live, by)));
        });
    }

    @Override
    public Optional<Document> delete(DocumentKey key) {
        return transactions.call(connection -> {
            TwinRows.Pair pair = TwinRows.lock(connection, key);
            if (pair.live() == null || pair.live().state() == DocumentState.DELETED) {
                return Optional.ofNullable(pair.live());
            }
            VersionRows.tombstone(connection, pair.live());
            TwinRows.delete(connection, pair);
            return DocumentRows.find(connection, pair.key());
        });
    }

    @Override
    public Optional<Document> retry(DocumentKey key, Instant stuckBefore) {
        return transactions.call(connection -> {
            TwinRows.Pair pair = TwinRows.lock(connection, key);
            if (pair.live() != null) {
                requireRetryable(connection, pair.live(), stuckBefore);
                long version = pair.nextVersion();
                VersionRows.again(connection, pair.live(), version);
                TwinRows.retry(connection, pair, version);
            }
            return DocumentRows.find(connection, pair.key());
        });
    }

    @Override
    public Retried retryFailed(String collection, int limit, @Nullable String after) {
        return transactions.call(connection -> {
            List<Document> failed = Statements.list(
                    connection,
                    DocumentRows.SELECT + """
                            where d.collection = ? and d.state = 'FAILED' and not d.doomed and d.document_id > ?
                            order by d.document_id limit ? for update of d skip locked""",
                    DocumentRows::read,
                    Generations.live(connection, collection),
                    after == null ? "" : after,
                    limit);
            for (Document document : failed) {
                VersionRows.again(connection, document, document.ref().version() + 1);
            }
            boolean more = failed.size() == limit;
            return new Retried(
                    failed.size(), more ? failed.getLast().ref().key().documentId() : null);
        });
    }

    @Override
    public Optional<Document> cancel(DocumentKey key) {
        return transactions.call(connection -> {
            TwinRows.Pair pair = TwinRows.lock(connection, key);
            if (pair.live() == null || pair.live().state() == DocumentState.CANCELLED) {
                return Optional.ofNullable(pair.live());
            }
            DocumentState state = pair.live().state();
            if (state.settled()) {
                throw Failure.conflict(
                        "NOTHING_TO_CANCEL",
                        "document '%s' is %s, only a version that is on its way can be cancelled",
                        key.documentId(),
                        state);
            }
            VersionRows.cancel(connection, pair.live());
            TwinRows.cancel(connection, pair);
            return DocumentRows.find(connection, pair.key());
        });
    }

    @Override
    public Map<DocumentState, Long> countsByState() {
        return transactions.call(connection -> counts(connection, null, Visibility.EVERYTHING));
    }

    @Override
    public List<String> unreferenced(List<String> sha256) {
        return transactions.call(connection -> {
            Set<String> used = new HashSet<>(Statements.list(
                    connection,
                    "select distinct sha256 from document where sha256 = any (?) and state <> 'DELETED'",
                    row -> row.getString(1),
                    connection.createArrayOf("text", sha256.toArray())));
            return sha256.stream().filter(hash -> !used.contains(hash)).toList();
        });
    }

    /** Returns whether a document says already what is handed in, and is not given up. */
    static boolean same(Document document, Attributes given, Blob blob) {
        return document.state() != DocumentState.FAILED
                && document.state() != DocumentState.CANCELLED
                && document.state() != DocumentState.DELETED
                && document.blob().equals(blob)
                && document.given().equals(given);
    }

    /** A deleted document is nobody's any more. */
    private static void requireVisible(Document document, Visibility by) {
        if (document.state() != DocumentState.DELETED && !by.shows(document)) {
            throw Failure.forbidden(
                    "DOCUMENT_NOT_YOURS",
                    "document '%s' is there and in none of your groups",
                    document.ref().key().documentId());
        }
    }

    static boolean doomed(Connection connection, DocumentKey key) throws SQLException {
        return first(connection, "select 1 from document" + OF_DOCUMENT + " and doomed", row -> 1, key)
                .isPresent();
    }

    private static void requireRetryable(Connection connection, Document document, Instant stuckBefore)
            throws SQLException {
        DocumentKey key = document.ref().key();
        DocumentState state = document.state();
        if (state == DocumentState.READY || state == DocumentState.DELETED || doomed(connection, key)) {
            throw Failure.conflict(
                    "NOTHING_TO_RETRY", "document '%s' is %s, there is nothing to retry", key.documentId(), state);
        }
        boolean moving = !state.settled()
                && first(connection, """
                                select 1 from document d where collection = ? and document_id = ? and ? < greatest(
                                    d.progressed_at,
                                    (select max(c.at) from state_change c where c.collection = d.collection
                                        and c.document_id = d.document_id and c.version = d.version))""", row -> 1, key, stuckBefore.atOffset(ZoneOffset.UTC))
                        .isPresent();
        if (moving) {
            throw Failure.conflict(
                    "STILL_IN_PROGRESS",
                    "document '%s' is %s and moved after %s, it is not stuck",
                    key.documentId(),
                    state,
                    stuckBefore);
        }
    }

    private static Map<DocumentState, Long> counts(Connection connection, @Nullable String collection, Visibility by)
            throws SQLException {
        String sql = "select d.state, count(*) as documents from document d join collection c on c.name = d.collection"
                + " where c.live and (?::text is null or d.collection = ?::text) and " + VISIBLE + " group by d.state";
        return Statements.list(
                        connection,
                        sql,
                        row -> Map.entry(DocumentState.valueOf(row.getString("state")), row.getLong("documents")),
                        collection,
                        collection,
                        by.everyGroup(),
                        Statements.texts(connection, by.groups()))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
