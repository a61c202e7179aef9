package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.list;
import static quintet.ingest.adapter.postgres.Statements.update;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.GenerationChoice;
import quintet.ingest.model.GenerationComparison;
import quintet.ingest.model.GenerationName;
import quintet.ingest.model.Reindex;
import quintet.ingest.model.Reindex.Notice;
import quintet.ingest.model.ReindexAction;
import quintet.ingest.model.ReindexOrder;
import quintet.ingest.model.ReindexProgress;
import quintet.ingest.model.ReindexState;
import quintet.ingest.port.ReindexRegistry;

/**
 * {@link ReindexRegistry} in PostgreSQL. What changes where writes go, or which generation is live, waits for the writes of the
 * collection that are under way and keeps others off meanwhile.
 */
@ApplicationScoped
class PostgresReindexRegistry implements ReindexRegistry {
    private static final String ACTIVE = "base = ? and state not in ('FINISHED', 'DISCARDED')";

    /** A document that is not settled in the one generation and found in the other. */
    private static final String PENDING = """
            select 1 from document n join document o on o.collection = ? and o.document_id = n.document_id
            where n.collection = ? and n.state in ('RECEIVED', 'PARSED', 'CHUNKED', 'EMBEDDED')
                and n.ready_version is null and o.ready_version is not null limit 1""";

    private static final String LOST =
            "o.ready_version is not null and n.ready_version is null" + " and n.state in ('FAILED', 'CANCELLED')";

    private static final String PROGRESS = """
            select count(*) as documents, count(n.document_id) as copied, count(n.ready_version) as ready,
                count(*) filter (where o.ready_version is not null and n.ready_version is null
                    and n.state in ('RECEIVED', 'PARSED', 'CHUNKED', 'EMBEDDED')) as pending,
                count(*) filter (where\s""" + LOST + """
            ) as lost
            from document o left join document n on n.collection = ? and n.document_id = o.document_id
            where o.collection = ? and o.state <> 'DELETED'""";

    private static final String SOME_LOST = "select o.document_id, coalesce(n.failure_reason, n.state) as reason"
            + " from document o join document n on n.collection = ? and n.document_id = o.document_id"
            + " where o.collection = ? and " + LOST + " order by o.document_id limit 10";

    /** Tells of documents that are not where those were that callers saw until now: they are told of nothing else. */
    private static final String TELL_DIFFERENCES = """
            insert into pending_event (collection, document_id, version, state, at, chunk_count, chunks_indexed, attempts,
                failure_stage, failure_reason, failure_message)
            select ?, n.document_id, n.version, n.state, clock_timestamp(), n.chunk_count, n.chunks_indexed, n.attempts,
                n.failure_stage, n.failure_reason, n.failure_message
            from document n left join document o on o.collection = ? and o.document_id = n.document_id
            where n.collection = ? and (o.state is distinct from n.state or o.version <> n.version)
            order by n.document_id""";

    private final Transactions transactions;

    PostgresReindexRegistry(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name(String collection) {
        return transactions.call(connection -> {
            requireNone(connection, collection);
            return first(
                            connection,
                            "update collection set generations = generations + 1 where name = ? returning generations",
                            row -> GenerationName.of(collection, row.getInt("generations")),
                            collection)
                    .orElseThrow(() -> Failure.notFound(
                            "COLLECTION_NOT_FOUND",
                            "there is no collection '%s' to be re-indexed",
                            DocumentKey.shown(collection)));
        });
    }

    @Override
    public Reindex begin(String collection, String generation, ReindexOrder order) {
        return transactions.call(connection -> {
            Generations.holdAlone(connection, collection);
            requireNone(connection, collection);
            update(
                    connection,
                    "insert into collection (name, live, settings) values (?, false, ?::jsonb)",
                    generation,
                    SettingsJson.write(order.settings()));
            String live = Generations.live(connection, collection);
            long id = ReindexRows.insert(connection, collection, live, generation, order);
            return ReindexRows.find(connection, id).orElseThrow();
        });
    }

    private static void requireNone(Connection connection, String collection) throws SQLException {
        Optional<String> active =
                first(connection, "select state from reindex where " + ACTIVE, row -> row.getString(1), collection);
        if (active.isPresent()) {
            throw Failure.conflict(
                    "REINDEX_ACTIVE",
                    "collection '%s' is being re-indexed already and is %s; finish or discard that first",
                    DocumentKey.shown(collection),
                    active.get());
        }
    }

    @Override
    public Optional<Reindex> newest(String collection) {
        return transactions.call(connection -> newest(connection, collection));
    }

    private static Optional<Reindex> newest(Connection connection, String collection) throws SQLException {
        return first(
                connection,
                ReindexRows.SELECT + "where r.base = ? order by r.id desc limit 1",
                ReindexRows::read,
                collection);
    }

    @Override
    public List<Reindex> in(Set<ReindexState> states) {
        return transactions.call(connection -> list(
                connection,
                ReindexRows.SELECT + "where r.state = any (?) order by r.id",
                ReindexRows::read,
                Statements.texts(connection, states.stream().map(Enum::name).toList())));
    }

    @Override
    public boolean copy(Reindex reindex, int limit) {
        return transactions.call(connection -> {
            var _ = Generations.hold(connection, reindex.collection());
            Optional<String> from = first(
                    connection,
                    "select copied_to from reindex where id = ? and state = 'BUILDING' and not copied for update",
                    row -> row.getString(1),
                    reindex.id());
            if (from.isEmpty()) {
                return false;
            }
            List<Document> documents = list(
                    connection,
                    DocumentRows.SELECT
                            + "where d.collection = ? and d.document_id > ? order by d.document_id limit ? for update of d",
                    DocumentRows::read,
                    reindex.oldGeneration(),
                    from.get(),
                    limit);
            for (Document document : documents) {
                TwinRows.copy(connection, document, reindex.newGeneration());
            }
            boolean more = documents.size() == limit;
            update(
                    connection,
                    "update reindex set copied_to = ?, copied = ? where id = ?",
                    documents.isEmpty()
                            ? from.get()
                            : documents.getLast().ref().key().documentId(),
                    !more,
                    reindex.id());
            return more;
        });
    }

    @Override
    public boolean isPending(Reindex reindex) {
        return transactions.call(
                connection -> first(connection, PENDING, _ -> true, reindex.oldGeneration(), reindex.newGeneration())
                        .isPresent());
    }

    @Override
    public ReindexProgress progress(Reindex reindex) {
        return transactions.call(connection -> {
            List<ReindexProgress.Lost> some = list(
                    connection,
                    SOME_LOST,
                    row -> new ReindexProgress.Lost(row.getString("document_id"), row.getString("reason")),
                    reindex.newGeneration(),
                    reindex.oldGeneration());
            return first(
                            connection,
                            PROGRESS,
                            row -> new ReindexProgress(
                                    row.getLong("documents"),
                                    row.getLong("copied"),
                                    row.getLong("ready"),
                                    row.getLong("pending"),
                                    row.getLong("lost"),
                                    some),
                            reindex.newGeneration(),
                            reindex.oldGeneration())
                    .orElseThrow();
        });
    }

    @Override
    public boolean move(
            Reindex reindex, ReindexState to, @Nullable GenerationComparison comparison, @Nullable Notice notice) {
        return transactions.call(connection -> {
            if (ReindexRows.lock(connection, reindex).isEmpty()) {
                return false;
            }
            ReindexRows.move(connection, reindex.id(), to, comparison, notice);
            return true;
        });
    }

    @Override
    public void failed(Reindex reindex, Notice notice) {
        int _ = transactions.call(connection -> update(
                connection,
                "update reindex set attempts = attempts + 1, reason = ?, message = ? where id = ? and state = ?",
                notice.reason(),
                notice.message(),
                reindex.id(),
                reindex.state()));
    }

    @Override
    public Reindex act(String collection, ReindexAction action) {
        return transactions.call(connection -> {
            Generations.holdAlone(connection, collection);
            Reindex before = newest(connection, collection)
                    .orElseThrow(() -> Failure.notFound(
                            "REINDEX_NOT_FOUND",
                            "collection '%s' was never re-indexed",
                            DocumentKey.shown(collection)));
            if (!action.isPossibleIn(before.state())
                    || ReindexRows.lock(connection, before).isEmpty()) {
                throw Failure.conflict(
                        "REINDEX_STATE",
                        "the re-index of collection '%s' is %s, %s is possible if it is one of %s",
                        DocumentKey.shown(collection),
                        before.state(),
                        action.wireName(),
                        action.from().stream().sorted().toList());
            }
            ReindexRows.move(connection, before.id(), action.target(), null, null);
            if (action.target().isOver()) {
                update(
                        connection,
                        "update document set doomed = true where collection = ? and state <> 'DELETED'",
                        action == ReindexAction.FINISH ? before.oldGeneration() : before.newGeneration());
            }
            return ReindexRows.find(connection, before.id()).orElseThrow();
        });
    }

    @Override
    public GenerationChoice choice(Reindex reindex) {
        return transactions.call(connection -> {
            // Numbers that are drawn in one state are below those of the next.
            if (ReindexRows.lock(connection, reindex).isEmpty()) {
                throw Failure.conflict("REINDEX_STATE", "the re-index is not %s any more", reindex.state());
            }
            long revision = first(connection, "select nextval('generation_choice')", row -> row.getLong(1))
                    .orElseThrow();
            return new GenerationChoice(reindex.collection(), reindex.live(), revision);
        });
    }

    @Override
    public boolean goLive(Reindex reindex, GenerationChoice choice, ReindexState to) {
        return transactions.call(connection -> {
            Generations.holdAlone(connection, reindex.collection());
            if (ReindexRows.lock(connection, reindex).isEmpty()) {
                return false;
            }
            update(connection, "update collection set live = false where name = ?", reindex.other());
            update(
                    connection,
                    "update collection set live = true, choice = ? where name = ?",
                    choice.revision(),
                    reindex.live());
            update(connection, TELL_DIFFERENCES, reindex.collection(), reindex.other(), reindex.live());
            ReindexRows.move(connection, reindex.id(), to, null, null);
            return true;
        });
    }

    @Override
    public List<GenerationChoice> choices() {
        return transactions.call(connection -> list(
                connection,
                "select base, name, choice from collection where live and choice > 0 order by name",
                row -> new GenerationChoice(row.getString("base"), row.getString("name"), row.getLong("choice"))));
    }
}
