package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.DocumentRows.OF_DOCUMENT;
import static quintet.ingest.adapter.postgres.DocumentRows.OF_VERSION;
import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.update;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.GenerationName;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.RegisteredDocument;
import quintet.ingest.model.StageFailure;
import quintet.ingest.port.DriftRegistry;

/** {@link DriftRegistry} in PostgreSQL. A repair locks the document's row and looks again before it acts. */
@ApplicationScoped
class PostgresDriftRegistry implements DriftRegistry {
    private static final String PAGE = """
            select d.collection, d.document_id, d.version, d.state, d.chunk_count, d.removed_at is not null as removed,
                coalesce((select max(c.at) from state_change c where c.collection = d.collection
                    and c.document_id = d.document_id and c.version = d.version), 'epoch') as changed_at,
                (d.collection, d.document_id) in (select o.collection, o.document_id from outbox o) as waiting,
                coalesce(h.heals, 0) as heals, h.healed_at
            from document d left join heal h on h.collection = d.collection and h.document_id = d.document_id
                and h.version = d.version
            where d.collection = ? and d.document_id > ? order by d.document_id limit ?""";
    private static final String SEEN = """
            select version, state, (select count(*) from outbox o where o.collection = d.collection
                    and o.document_id = d.document_id) as waiting
            from document d where d.collection = ? and d.document_id = ? for update of d""";

    private final Transactions transactions;

    PostgresDriftRegistry(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<String> collections() {
        return transactions.call(connection ->
                Statements.list(connection, "select name from collection order by name", row -> row.getString(1)));
    }

    @Override
    public List<RegisteredDocument> page(String collection, String after, int limit) {
        return transactions.call(
                connection -> Statements.list(connection, PAGE, PostgresDriftRegistry::read, collection, after, limit));
    }

    @Override
    public boolean republish(RegisteredDocument seen, List<? extends IngestEvent> events) {
        return transactions.call(connection -> {
            if (!lockUnchanged(connection, seen)) {
                return false;
            }
            OutboxRows.insertAgain(connection, events);
            countHeal(connection, seen.ref(), seen);
            return true;
        });
    }

    @Override
    public boolean reprocess(RegisteredDocument seen, long version) {
        return transactions.call(connection -> {
            if (!lockUnchanged(connection, seen)) {
                return false;
            }
            DocumentKey key = seen.ref().key();
            VersionRows.again(connection, VersionRows.lock(connection, key).orElseThrow(), version);
            countHeal(connection, new DocumentRef(key, version), seen);
            return true;
        });
    }

    @Override
    public boolean redelete(RegisteredDocument seen, long version) {
        return transactions.call(connection -> {
            if (!lockUnchanged(connection, seen)) {
                return false;
            }
            DocumentRef tombstone = new DocumentRef(seen.ref().key(), version);
            update(
                    connection,
                    "update document set version = ?, removed_at = null" + OF_DOCUMENT,
                    version,
                    tombstone.key());
            VersionRows.reach(connection, tombstone, DocumentState.DELETED);
            OutboxRows.insertAgain(connection, List.of(new IngestEvent.DocumentDeleted(tombstone)));
            countHeal(connection, tombstone, seen);
            return true;
        });
    }

    @Override
    public boolean bury(DocumentRef ref) {
        return transactions.call(connection -> {
            update(
                    connection,
                    "insert into collection (name, live) values (?, ?) on conflict do nothing",
                    ref.key().collection(),
                    !GenerationName.isLater(ref.key().collection()));
            int inserted = update(connection, """
                    insert into document (collection, document_id, version, state, given_filename, given_title,
                        given_source, given_mime_type, given_metadata, sha256, size_bytes)
                    values (?, ?, ?, 'DELETED', '', '', '', '', '{}', '', 0) on conflict do nothing""", ref);
            if (inserted == 0) {
                return false;
            }
            VersionRows.reach(connection, ref, DocumentState.DELETED);
            OutboxRows.insert(connection, List.of(new IngestEvent.DocumentDeleted(ref)));
            return true;
        });
    }

    @Override
    public boolean giveUp(RegisteredDocument seen, StageFailure failure) {
        return transactions.call(connection -> {
            if (!lockUnchanged(connection, seen)) {
                return false;
            }
            update(
                    connection,
                    "update document set state = 'FAILED', failure_stage = ?, failure_reason = ?, failure_message = ?"
                            + OF_VERSION,
                    failure.stage(),
                    failure.reason(),
                    failure.message(),
                    seen.ref());
            VersionRows.reach(connection, seen.ref(), DocumentState.FAILED);
            AliasRows.follow(connection, seen.ref().key());
            return true;
        });
    }

    @Override
    public boolean reopen(DocumentRef ref) {
        return transactions.call(connection -> {
            int changed = update(connection, """
                    update document set state = 'RECEIVED', attempts = 0, failure_stage = null, failure_reason = null,
                        failure_message = null""" + OF_VERSION + " and state = 'FAILED' and chunk_count = 0", ref);
            if (changed == 1) {
                update(connection, "delete from state_change" + OF_VERSION + " and state = 'FAILED'", ref);
            }
            return changed == 1;
        });
    }

    @Override
    public void sweep() {
        int _ = transactions.call(
                connection -> update(connection, "delete from heal where healed_at < now() - interval '7 days'"));
    }

    private static boolean lockUnchanged(Connection connection, RegisteredDocument seen) throws SQLException {
        return first(
                        connection,
                        SEEN,
                        row -> row.getLong("version") == seen.ref().version()
                                && row.getString("state").equals(seen.state().name())
                                && row.getLong("waiting") == 0,
                        seen.ref().key())
                .orElse(false);
    }

    /** A repair by a new version goes on counting where the old one stood. */
    private static void countHeal(Connection connection, DocumentRef ref, RegisteredDocument seen) throws SQLException {
        update(connection, """
                insert into heal (collection, document_id, version, heals, healed_at)
                values (?, ?, ?, ?, clock_timestamp())
                on conflict (collection, document_id, version)
                    do update set heals = excluded.heals, healed_at = excluded.healed_at""", ref, seen.heals() + 1);
    }

    private static RegisteredDocument read(ResultSet row) throws SQLException {
        OffsetDateTime healedAt = row.getObject("healed_at", OffsetDateTime.class);
        return new RegisteredDocument(
                DocumentRef.of(row.getString("collection"), row.getString("document_id"), row.getLong("version")),
                DocumentState.valueOf(row.getString("state")),
                row.getInt("chunk_count"),
                row.getBoolean("removed"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("waiting"),
                row.getInt("heals"),
                Optional.ofNullable(healedAt).map(OffsetDateTime::toInstant));
    }
}
