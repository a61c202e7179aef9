package quintet.ingest.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.EmbeddingKey;
import quintet.ingest.model.Findings;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.IngestEvent.ChunksCreated;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.port.DocumentRegistry;
import quintet.ingest.port.Outbox;
import quintet.ingest.port.StoredVersions.Stored;
import quintet.ingest.port.VersionProgress;
import quintet.ingest.port.VersionProgress.Prepared;

class PostgresStoredVersionsIT {
    private static final Attributes GIVEN = new Attributes("a.txt", "Title", "", "text/plain", Map.of(), List.of());
    private static int blobs;

    private static Database database;
    private static Transactions transactions;

    private final DocumentRegistry registry = new PostgresDocumentRegistry(transactions);
    private final VersionProgress progress = new PostgresVersionProgress(transactions);
    private final PostgresStoredVersions versions = new PostgresStoredVersions(transactions);
    private final Outbox outbox = database.outbox();

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

    @Test
    void comparesWithTheVersionThatSearchesFindAndNoOther() {
        DocumentKey key = new DocumentKey("c", "compare");
        DocumentRef first = put(key);
        assertThat(embedded(first)).isEmpty();
        chunk(first, "a", "b");
        DocumentRef second = put(key);
        assertThat(embedded(second)).as("the first was never found").isEmpty();
        chunk(second, "c", "d");
        progress.indexed(second, 2, Instant.now());
        DocumentRef third = put(key);
        assertThat(embedded(third)).isEqualTo(keys(second, "c", "d"));
        chunk(third, "c", "e");
        assertThat(reused(key)).isEqualTo(1);
        DocumentRef fourth = put(key);
        assertThat(embedded(fourth)).isEqualTo(keys(second, "c", "d"));
        assertThat(reused(key)).as("the fourth is not chunked").isZero();
        registry.delete(key);
        assertThat(embedded(put(key))).isEmpty();
    }

    @Test
    void handsAPartOverAsItWasButForTheMarks() throws InvalidProtocolBufferException {
        DocumentKey key = new DocumentKey("c", "again");
        DocumentRef first = put(key);
        chunk(first, "a", "b");
        progress.indexed(first, 2, Instant.now());
        DocumentRef second = put(key);
        drain();
        ChunksCreated marked = chunk(second, "b", "a", "new");
        quintet.ingest.v1.ChunksCreated sent = sent();
        assertThat(reused(key)).isEqualTo(2);

        Stored stored = versions.underWay(second).orElseThrow();
        assertThat(versions.handOver(part(second, stored.prepared()))).isTrue();
        quintet.ingest.v1.ChunksCreated again = sent();
        assertThat(sent.getChunksList())
                .extracting(chunk -> chunk.getUnchanged())
                .containsExactly(true, true, false);
        assertThat(again.getChunksList())
                .extracting(chunk -> chunk.getUnchanged())
                .containsOnly(false);
        quintet.ingest.v1.ChunksCreated.Builder unmarked = sent.toBuilder();
        unmarked.getChunksBuilderList().forEach(chunk -> chunk.clearUnchanged());
        assertThat(again).isEqualTo(unmarked.build());
        assertThat(stored.given()).isEqualTo(GIVEN);
        assertThat(marked.unchanged()).containsExactlyInAnyOrder(0, 1);
        assertThat(reused(key)).isZero();
    }

    @Test
    void leavesAloneWhatIsNoLongerUnderWay() {
        DocumentKey key = new DocumentKey("c", "late");
        DocumentRef ref = put(key);
        assertThat(versions.underWay(ref)).as("nothing is chunked").isEmpty();
        ChunksCreated part = chunk(ref, "a");
        progress.failed(ref, new StageFailure(Stage.INDEX, "R", "m"));
        assertThat(versions.underWay(ref)).as("its dead letter may be replayed").isPresent();
        progress.indexed(ref, 1, Instant.now());
        refuses(part);
        DocumentRef next = put(key);
        ChunksCreated nextPart = chunk(next, "b");
        refuses(part);
        assertThat(versions.underWay(next)).isPresent();
        registry.delete(key);
        refuses(nextPart);
    }

    private void refuses(ChunksCreated part) {
        drain();
        assertThat(versions.underWay(part.ref())).isEmpty();
        assertThat(versions.handOver(part)).isFalse();
        assertThat(drain()).isEmpty();
    }

    private DocumentRef put(DocumentKey key) {
        Blob blob = new Blob("%064x".formatted(++blobs), 1);
        return registry.put(key, GIVEN, blob).document().ref();
    }

    private Set<EmbeddingKey> embedded(DocumentRef ref) {
        return progress.begin(ref).orElseThrow().embedded();
    }

    private ChunksCreated chunk(DocumentRef ref, String... texts) {
        Prepared prepared = prepared(texts);
        ChunksCreated part = part(ref, prepared).unchangedSince(embedded(ref));
        assertThat(progress.chunked(ref, prepared, List.of(part))).isTrue();
        return part;
    }

    private int reused(DocumentKey key) {
        return registry.find(key).orElseThrow().progress().chunksReused();
    }

    private static Set<EmbeddingKey> keys(DocumentRef ref, String... texts) {
        ChunksCreated part = part(ref, prepared(texts));
        return Set.copyOf(part.chunks().stream().map(part::embeddingKey).toList());
    }

    private static ChunksCreated part(DocumentRef ref, Prepared prepared) {
        return new ChunksCreated(
                ref,
                0,
                1,
                prepared.chunks().size(),
                new IngestEvent.DocumentInfo(GIVEN, prepared.found()),
                prepared.text(),
                prepared.chunks());
    }

    private static Prepared prepared(String... texts) {
        List<Chunk> chunks = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (String text : texts) {
            chunks.add(new Chunk(chunks.size(), all.length(), all.length() + text.length(), 1, 2, List.of("A"), 3));
            all.append(text).append(' ');
        }
        Findings found = new Findings("text/plain", "Found", "en", 2, Map.of("author", "Kim"));
        return new Prepared(found, new CleanText(all.toString(), List.of(), List.of()), () -> chunks, Instant.now());
    }

    private quintet.ingest.v1.ChunksCreated sent() throws InvalidProtocolBufferException {
        List<OutboxEntry> entries = drain();
        assertThat(entries).hasSize(1);
        return quintet.ingest.v1.ChunksCreated.parseFrom(
                entries.getFirst().payload().bytes());
    }

    private List<OutboxEntry> drain() {
        List<OutboxEntry> entries = new ArrayList<>();
        while (outbox.drain(100, entries::addAll) > 0) {
            continue;
        }
        return entries;
    }
}
