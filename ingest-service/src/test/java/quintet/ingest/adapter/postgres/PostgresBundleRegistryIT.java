package quintet.ingest.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.ingest.TestConfigs;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.BundledDocument;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkVector;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.DuplicateKind;
import quintet.ingest.model.DuplicateOf;
import quintet.ingest.model.EmbeddedChunk;
import quintet.ingest.model.Findings;
import quintet.ingest.model.Fingerprint;
import quintet.ingest.model.Lane;
import quintet.ingest.model.LaneLoad;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.model.VectorModel;
import quintet.ingest.port.BundleRegistry.Outcome;
import quintet.ingest.port.BundleRegistry.Whole;

class PostgresBundleRegistryIT {
    private static final String TEXT = "abcdefghijklmnopqrstuvwxyz";

    private static Database database;
    private static Transactions transactions;

    private final PostgresDocumentRegistry registry = new PostgresDocumentRegistry(transactions);
    private final PostgresVersionProgress progress = new PostgresVersionProgress(transactions);
    private final PostgresBundleRegistry bundles = new PostgresBundleRegistry(transactions);
    private final FairDispatch dispatch =
            new FairDispatch(transactions, TestConfigs.of(DispatchConfig.class, Map.of()));
    private final PostgresOutbox outbox = new PostgresOutbox(transactions, dispatch);

    @BeforeAll
    static void start() {
        database = Database.start();
        transactions = database.transactions();
    }

    @AfterAll
    static void stop() {
        if (database != null) {
            database.close();
        }
    }

    @BeforeEach
    void empty() {
        transactions.run(connection ->
                Statements.update(connection, "truncate outbox, in_flight, fair_share, collection cascade"));
    }

    @Test
    void importedPartsWaitInALaneOfTheirOwn() {
        DocumentKey key = new DocumentKey("lanes", "long");
        assertThat(put(key, 3)).isEqualTo(Outcome.IMPORTED);
        assertThat(load(Lane.INDEX).waiting()).isEqualTo(3);
        assertThat(drain())
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.routingKey()).isEqualTo("embed.chunks-embedded.v1"));
        assertThat(load(Lane.INDEX).inFlight()).isEqualTo(3);
        assertThat(load(Lane.EMBED)).isEqualTo(LaneLoad.IDLE);
        DocumentRef ref = new DocumentRef(key, 1);
        progress.staged(ref, 1, 1);
        assertThat(load(Lane.INDEX).inFlight()).isEqualTo(2);
        progress.indexed(ref, 3, Instant.now());
        assertThat(load(Lane.INDEX).inFlight()).isZero();
        assertThat(registry.find(key).orElseThrow().times())
                .containsOnlyKeys(
                        DocumentState.RECEIVED,
                        DocumentState.PARSED,
                        DocumentState.CHUNKED,
                        DocumentState.EMBEDDED,
                        DocumentState.INDEXED,
                        DocumentState.READY);
    }

    @Test
    void whatWaitsOfADeletedImportIsTakenBack() {
        DocumentKey key = new DocumentKey("deleted", "long");
        put(key, 4);
        registry.delete(key);
        assertThat(load(Lane.INDEX).waiting()).isZero();
        assertThat(drain())
                .singleElement()
                .satisfies(entry -> assertThat(entry.routingKey()).isEqualTo("ingest.document-deleted.v1"));
    }

    @Test
    void aDocumentThatBreaksOffLeavesNothing() {
        DocumentKey key = new DocumentKey("broken", "half");
        assertThatThrownBy(() -> bundles.put(
                        key,
                        new Parts(key, 3) {
                            @Override
                            public void parts(Consumer<List<EmbeddedChunk>> part) {
                                super.parts(batch -> {
                                    if (batch.getFirst().chunk().ordinal() == 2) {
                                        throw new IllegalStateException("killed");
                                    }
                                    part.accept(batch);
                                });
                            }
                        },
                        fingerprint()))
                .hasMessage("killed");
        assertThat(registry.find(key)).isEmpty();
        assertThat(load(Lane.INDEX).waiting()).isZero();
        assertThat(put(key, 3)).isEqualTo(Outcome.IMPORTED);
        assertThat(drain()).hasSize(3);
    }

    @Test
    void anAliasIsTakenOnlyByAnOriginalOfTheSameGroups() {
        DocumentKey original = new DocumentKey("seen", "original");
        assertThat(put(original, 1)).isEqualTo(Outcome.IMPORTED);
        assertThat(bundles.putAlias(new DocumentKey("seen", "open"), alias(original, "open", List.of())))
                .as("who sees the alias would not see the original")
                .isEqualTo(Outcome.NO_ORIGINAL);
        assertThat(bundles.putAlias(new DocumentKey("seen", "hr"), alias(original, "hr", List.of("hr"))))
                .isEqualTo(Outcome.IMPORTED);
        assertThat(registry.find(new DocumentKey("seen", "hr"))
                        .orElseThrow()
                        .given()
                        .groups())
                .containsExactly("hr");
    }

    private static BundledDocument alias(DocumentKey original, String id, List<String> groups) {
        BundledDocument by = new Parts(original, 1).document();
        return new BundledDocument(
                id,
                new Attributes("b.txt", "Title", "", "text/plain", Map.of(), groups),
                by.found(),
                by.blob(),
                false,
                null,
                0,
                new BundledDocument.Alias(
                        new DuplicateOf(original.documentId(), DuplicateKind.EXACT, 1),
                        by.blob().sha256()));
    }

    private Outcome put(DocumentKey key, int parts) {
        return bundles.put(key, new Parts(key, parts), fingerprint());
    }

    private static Fingerprint fingerprint() {
        return new Fingerprint("scope", "ab".repeat(32), null, null);
    }

    private LaneLoad load(Lane lane) {
        return new PostgresLanes(transactions, dispatch).load(1_000).get(lane);
    }

    /** Publishes what has its turn, but for state changes. */
    private List<OutboxEntry> drain() {
        List<OutboxEntry> entries = new ArrayList<>();
        while (outbox.drain(100, entries::addAll) > 0) {
            // Until nothing is left that may go.
        }
        return entries;
    }

    /** A document with a character in each chunk and a chunk in each part. */
    private static class Parts implements Whole {
        private final DocumentKey key;
        private final int count;

        Parts(DocumentKey key, int count) {
            this.key = key;
            this.count = count;
        }

        @Override
        public BundledDocument document() {
            return new BundledDocument(
                    key.documentId(),
                    new Attributes("a.txt", "Title", "", "text/plain", Map.of(), List.of("hr")),
                    Findings.UNKNOWN,
                    new Blob("cd".repeat(32), 26),
                    false,
                    null,
                    count,
                    null);
        }

        @Override
        public String text() {
            return TEXT;
        }

        @Override
        public VectorModel model() {
            return new VectorModel("model", "0123456789ab", 1);
        }

        @Override
        public void parts(Consumer<List<EmbeddedChunk>> part) {
            byte[] one = ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(1)
                    .array();
            for (int i = 0; i < count; i++) {
                part.accept(List.of(
                        new EmbeddedChunk(new Chunk(i, i, i + 1, 0, 0, List.of(), 1), new ChunkVector(one, null))));
            }
        }

        @Override
        public int partCount() {
            return count;
        }
    }
}
