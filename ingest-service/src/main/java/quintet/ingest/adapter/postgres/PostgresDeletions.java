package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.list;
import static quintet.ingest.adapter.postgres.Statements.update;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import quintet.failure.Failure;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.GenerationName;
import quintet.ingest.model.Remains;
import quintet.ingest.model.Selection;
import quintet.ingest.port.Deletions;

/**
 * {@link Deletions} in PostgreSQL. A decision is one statement that marks every document, so it is whole or not at all; the
 * marks are what remembers it through a crash.
 */
@ApplicationScoped
class PostgresDeletions implements Deletions {
    private static final String REMAINS = """
            select (select count(*) from document_text t
                    where t.collection = d.collection and t.document_id = d.document_id) as texts,
                (select count(*) from chunk c
                    where c.collection = d.collection and c.document_id = d.document_id) as chunks,
                (select count(*) from staged_part s
                    where s.collection = d.collection and s.document_id = d.document_id) as staged_parts,
                (select count(*) from outbox o
                    where o.collection = d.collection and o.document_id = d.document_id) as outbox_entries,
                array(select b.sha256 from document_blob b
                    where b.collection = d.collection and b.document_id = d.document_id order by b.sha256) as contents,
                d.removed_at
            from document d where d.collection = ? and d.document_id = ?""";

    private final Transactions transactions;

    PostgresDeletions(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Selection.Size> size(String collection, Selection selection, int sample) {
        return transactions.call(connection -> {
            String live = Generations.live(connection, collection);
            if (first(connection, "select 1 from collection where name = ?", row -> 1, live)
                    .isEmpty()) {
                return Optional.empty();
            }
            SelectionSql sql = SelectionSql.of(connection, live, selection);
            long documents = first(
                            connection,
                            "select count(*) as documents from document d where " + sql.condition(),
                            row -> row.getLong("documents"),
                            sql.parameters().toArray())
                    .orElseThrow();
            List<Object> parameters = new ArrayList<>(sql.parameters());
            parameters.add(sample);
            List<String> ids = list(
                    connection,
                    "select d.document_id from document d where " + sql.condition() + " order by d.document_id limit ?",
                    row -> row.getString("document_id"),
                    parameters.toArray());
            return Optional.of(new Selection.Size(documents, ids));
        });
    }

    @Override
    public void decide(String collection, Selection selection, long expected) {
        transactions.run(connection -> {
            Generations.Writes writes = Generations.hold(connection, collection);
            SelectionSql sql = SelectionSql.of(connection, writes.live(), selection);
            List<String> marked = list(
                    connection,
                    "update document d set doomed = true where " + sql.condition() + " returning d.document_id",
                    row -> row.getString("document_id"),
                    sql.parameters().toArray());
            if (marked.size() != expected) {
                throw Failure.conflict(
                        "COUNT_CHANGED",
                        "%d documents match now, %d were confirmed; nothing is deleted",
                        marked.size(),
                        expected);
            }
            if (writes.twin() != null) {
                update(
                        connection,
                        "update document set doomed = true where collection = ? and document_id = any (?)"
                                + " and state <> 'DELETED'",
                        writes.twin(),
                        Statements.texts(connection, marked));
            }
        });
    }

    @Override
    public int carryOut(int limit) {
        return transactions.call(connection -> {
            List<Document> doomed = list(
                    connection,
                    DocumentRows.SELECT + "where d.doomed limit ? for update of d skip locked",
                    DocumentRows::read,
                    limit);
            for (Document document : doomed) {
                VersionRows.tombstone(connection, document);
            }
            return doomed.size();
        });
    }

    @Override
    public long pending(String collection) {
        return transactions.call(connection -> first(
                        connection,
                        "select count(*) as documents from document where doomed and collection = ?",
                        row -> row.getLong("documents"),
                        Generations.live(connection, collection))
                .orElseThrow());
    }

    @Override
    public List<DocumentKey> copies(DocumentKey key) {
        return transactions.call(connection -> list(
                connection,
                "select d.collection from document d join collection c on c.name = d.collection"
                        + " where c.base = ? and d.document_id = ? order by c.live desc, d.collection",
                row -> key.in(row.getString("collection")),
                GenerationName.base(key.collection()),
                key.documentId()));
    }

    @Override
    public Optional<Remains> remains(DocumentKey key) {
        return transactions.call(connection -> first(
                connection,
                REMAINS,
                row -> {
                    OffsetDateTime removedAt = row.getObject("removed_at", OffsetDateTime.class);
                    return new Remains(
                            row.getLong("texts"),
                            row.getLong("chunks"),
                            row.getLong("staged_parts"),
                            row.getLong("outbox_entries"),
                            List.of((String[]) row.getArray("contents").getArray()),
                            removedAt == null ? null : removedAt.toInstant());
                },
                key));
    }
}
