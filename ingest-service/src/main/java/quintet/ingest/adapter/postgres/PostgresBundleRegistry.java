package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.update;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DuplicateOf;
import quintet.ingest.model.EmbeddedChunk;
import quintet.ingest.model.Fingerprint;
import quintet.ingest.model.IngestEvent.ChunksCreated;
import quintet.ingest.model.IngestEvent.ChunksEmbedded;
import quintet.ingest.model.IngestEvent.DocumentInfo;
import quintet.ingest.port.BundleRegistry;
import quintet.ingest.port.DuplicateIndex.Match;
import quintet.ingest.port.VersionProgress.Prepared;

/**
 * {@link BundleRegistry} in PostgreSQL. A document goes through all states up to CHUNKED in one transaction; its vectors are
 * only in the events, of which one is made at a time.
 */
@ApplicationScoped
class PostgresBundleRegistry implements BundleRegistry {
    private final Transactions transactions;

    PostgresBundleRegistry(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Outcome put(DocumentKey key, Whole whole, Fingerprint fingerprint) {
        return transactions.call(connection -> {
            Optional<DocumentRef> version = next(connection, key, whole.document());
            if (version.isEmpty()) {
                return Outcome.UNCHANGED;
            }
            FingerprintRows.claim(connection, version.get(), fingerprint);
            chunked(connection, version.get(), whole);
            return Outcome.IMPORTED;
        });
    }

    @Override
    public Outcome putAlias(DocumentKey key, BundledDocument alias) {
        BundledDocument.Alias by = Objects.requireNonNull(alias.alias(), "the document is no alias");
        DuplicateOf of = by.of();
        return transactions.call(connection -> {
            Optional<DocumentRef> original = original(
                    connection,
                    new DocumentKey(Generations.live(connection, key.collection()), of.documentId()),
                    by.sha256(),
                    alias.given().groups());
            if (original.isEmpty()) {
                return Outcome.NO_ORIGINAL;
            }
            Optional<DocumentRef> version = next(connection, key, alias);
            if (version.isEmpty()) {
                return Outcome.UNCHANGED;
            }
            Prepared prepared = prepared(alias, "", List.of());
            AliasRows.insert(connection, version.get(), prepared, new Match(original.get(), of.kind(), of.score()));
            return Outcome.IMPORTED;
        });
    }

    /** Holds an original that has these bytes, and is seen by the same callers, until the transaction ends. */
    private static Optional<DocumentRef> original(
            Connection connection, DocumentKey key, String sha256, List<String> groups) throws SQLException {
        return first(
                connection,
                """
                select f.version from text_fingerprint f join document d using (collection, document_id, version)
                where f.collection = ? and f.document_id = ? and d.sha256 = ?
                    and d.given_groups = ? for update of f""",
                row -> new DocumentRef(key, row.getLong("version")),
                key,
                sha256,
                Statements.texts(connection, groups));
    }

    /** Makes the next version of a document; empty if what is there says the same. */
    private static Optional<DocumentRef> next(Connection connection, DocumentKey key, BundledDocument document)
            throws SQLException {
        TwinRows.Pair pair = TwinRows.lock(connection, key);
        Document before = pair.live();
        if (before == null) {
            update(
                    connection,
                    "insert into collection (name) values (?) on conflict do nothing",
                    pair.key().collection());
        } else if (PostgresDocumentRegistry.same(before, document.given(), document.blob())
                && !PostgresDocumentRegistry.doomed(connection, pair.key())) {
            return Optional.empty();
        }
        DocumentRef ref = new DocumentRef(pair.key(), pair.nextVersion());
        if (before == null) {
            VersionRows.insert(connection, ref, document.given(), document.blob());
        } else {
            VersionRows.replace(connection, ref, document.given(), document.blob());
        }
        DocumentChunking.note(connection, ref.key(), document.chunking());
        VersionRows.arrived(connection, ref, document.blob());
        if (before != null) {
            AliasRows.follow(connection, ref.key());
        }
        // Its vectors are of passages that are cut as the live generation is.
        TwinRows.put(connection, pair, DocumentRows.find(connection, ref.key()).orElseThrow());
        return Optional.of(ref);
    }

    private static void chunked(Connection connection, DocumentRef ref, Whole whole) throws SQLException {
        BundledDocument document = whole.document();
        CleanText text = new CleanText(whole.text(), List.of(), List.of());
        DocumentInfo info = new DocumentInfo(document.given(), document.found());
        List<ChunksCreated> parts = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>(document.chunkCount());
        try {
            whole.parts(batch -> {
                List<Chunk> ofPart = batch.stream().map(EmbeddedChunk::chunk).toList();
                ChunksCreated part = new ChunksCreated(
                        ref, parts.size(), whole.partCount(), document.chunkCount(), info, text, ofPart);
                parts.add(part);
                chunks.addAll(ofPart);
                insert(
                        connection,
                        new ChunksEmbedded(
                                part,
                                whole.model(),
                                batch.stream().map(EmbeddedChunk::vector).toList()));
            });
        } catch (Unwritten e) {
            throw e.why;
        }
        boolean _ = VersionRows.chunked(connection, ref, prepared(document, whole.text(), chunks), chunks.size());
        ChunkRows.insert(connection, ref, text, chunks);
        EmbeddingRows.insert(connection, parts);
    }

    private static Prepared prepared(BundledDocument document, String text, List<Chunk> chunks) {
        return new Prepared(document.found(), new CleanText(text, List.of(), List.of()), () -> chunks, Instant.now());
    }

    private static void insert(Connection connection, ChunksEmbedded part) {
        try {
            OutboxRows.insert(connection, List.of(part));
        } catch (SQLException e) {
            throw new Unwritten(e);
        }
    }

    /** Carries what the database says through the consumer of the parts. */
    private static final class Unwritten extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException why;

        Unwritten(SQLException why) {
            super(why);
            this.why = why;
        }
    }
}
