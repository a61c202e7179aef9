package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.DocumentRows.OF_DOCUMENT;
import static quintet.ingest.adapter.postgres.DocumentRows.OF_VERSION;
import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.update;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import quintet.ingest.adapter.postgres.VersionRows.Reached;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.EmbeddingKey;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.StageFailure;
import quintet.ingest.port.VersionProgress;

/** {@link VersionProgress} in PostgreSQL. A document's row lock orders everything that happens to it. */
@ApplicationScoped
class PostgresVersionProgress implements VersionProgress {
    private final Transactions transactions;

    PostgresVersionProgress(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Attempt> begin(DocumentRef ref) {
        return transactions.call(connection -> {
            // Counts against a file that takes this process down; the database does not go down with it.
            update(connection, "set local synchronous_commit = off");
            Optional<Integer> attempts = first(
                    connection,
                    "update document set attempts = attempts + 1" + OF_VERSION
                            + " and state in ('RECEIVED', 'PARSED') returning attempts",
                    row -> row.getInt("attempts"),
                    ref);
            if (attempts.isEmpty()) {
                return Optional.empty();
            }
            Set<EmbeddingKey> embedded =
                    ref.version() == 1 ? Set.of() : EmbeddingRows.ofReadyVersion(connection, ref.key());
            return DocumentRows.find(connection, ref.key())
                    .map(document -> new Attempt(document, attempts.get(), embedded));
        });
    }

    @Override
    public boolean chunked(DocumentRef ref, Prepared prepared, List<? extends IngestEvent> events) {
        return transactions.call(connection -> {
            if (!VersionRows.chunked(
                    connection, ref, prepared, prepared.chunks().size())) {
                return false;
            }
            ChunkRows.insert(connection, ref, prepared.text(), prepared.chunks());
            EmbeddingRows.insert(connection, events);
            OutboxRows.insert(connection, events);
            return true;
        });
    }

    @Override
    public boolean staged(DocumentRef ref, int part, int chunkCount) {
        return transactions.call(connection -> {
            // Progress for people; what counts is durable in the index and reported once more when the version is
            // whole.
            update(connection, "set local synchronous_commit = off");
            Optional<Document> current = VersionRows.lock(connection, ref.key());
            if (current.filter(document -> document.ref().equals(ref)
                            && document.state() != DocumentState.DELETED
                            && document.state() != DocumentState.CANCELLED
                            && document.state() != DocumentState.READY)
                    .isEmpty()) {
                InFlightRows.forget(connection, ref, part);
                return false;
            }
            update(connection, """
                    insert into staged_part (collection, document_id, version, part, chunk_count)
                    values (?, ?, ?, ?, ?) on conflict do nothing""", ref, part, chunkCount);
            update(connection, """
                    update document d set progressed_at = now(), chunks_indexed = (
                        select sum(s.chunk_count) from staged_part s where s.collection = d.collection
                            and s.document_id = d.document_id and s.version = d.version)""" + OF_VERSION, ref);
            if (update(
                            connection,
                            "update document set state = 'EMBEDDED'" + OF_VERSION
                                    + " and state = 'CHUNKED' and chunks_indexed >= chunk_count",
                            ref)
                    == 1) {
                VersionRows.reach(connection, ref, DocumentState.EMBEDDED);
            }
            return true;
        });
    }

    @Override
    public boolean indexed(DocumentRef ref, int passageCount, Instant committedAt) {
        return transactions.call(connection -> {
            if (VersionRows.lock(connection, ref.key())
                    .filter(document -> document.state() != DocumentState.DELETED
                            && ref.version() <= document.ref().version())
                    .isEmpty()) {
                return false;
            }
            update(
                    connection,
                    "update document set ready_version = greatest(ready_version, ?)" + OF_DOCUMENT,
                    ref.version(),
                    ref.key());
            // The versions before it answer no more.
            update(connection, "delete from document_text" + OF_DOCUMENT + " and version < ?", ref);
            update(connection, "delete from staged_part" + OF_DOCUMENT + " and version <= ?", ref);
            boolean newest = update(connection, """
                            update document set state = 'READY', chunks_indexed = ?, failure_stage = null,
                                failure_reason = null, failure_message = null""" + OF_VERSION, passageCount, ref) == 1;
            if (newest) {
                // The two clocks may differ, but nothing is committed after it was heard of.
                Instant now = Instant.now();
                Instant indexedAt = committedAt.isBefore(now) ? committedAt : now;
                VersionRows.reach(
                        connection,
                        ref,
                        new Reached(DocumentState.EMBEDDED, indexedAt),
                        new Reached(DocumentState.INDEXED, indexedAt),
                        new Reached(DocumentState.READY, null));
            }
            AliasRows.follow(connection, ref.key());
            return newest;
        });
    }

    @Override
    public boolean removed(DocumentRef ref) {
        return transactions.call(connection -> update(
                        connection,
                        "update document set removed_at = coalesce(removed_at, now())" + OF_VERSION
                                + " and state = 'DELETED'",
                        ref)
                == 1);
    }

    @Override
    public boolean failed(DocumentRef ref, StageFailure failure) {
        return transactions.call(connection -> {
            int changed = update(
                    connection,
                    "update document set state = 'FAILED', failure_stage = ?, failure_reason = ?, failure_message = ?"
                            + OF_VERSION + " and state not in ('READY', 'DELETED', 'FAILED', 'CANCELLED')",
                    failure.stage(),
                    failure.reason(),
                    failure.message(),
                    ref);
            // The event does not say which part it was; at most a window of others goes on uncounted.
            InFlightRows.forget(connection, ref.key(), ref.version(), ref.version());
            if (changed == 1) {
                VersionRows.reach(connection, ref, DocumentState.FAILED);
                AliasRows.follow(connection, ref.key());
            }
            return changed == 1;
        });
    }
}
