package quintet.ingest.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.ingest.TestConfigs;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.Block;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.Findings;
import quintet.ingest.model.GenerationName;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.Lane;
import quintet.ingest.model.LaneLoad;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.port.StoredVersions;
import quintet.ingest.port.VersionProgress.Prepared;

/** Turns, windows and what becomes of them when work ends, is lost, or its dispatcher dies; on a real database. */
class FairDispatchIT {
    private static final Attributes GIVEN = new Attributes("f.txt", "", "", "text/plain", Map.of(), List.of());
    private static final int WINDOW = 16;
    private static final int BATCH = 8;

    private static Database database;
    private static Transactions transactions;

    private final PostgresDocumentRegistry registry = new PostgresDocumentRegistry(transactions);
    private final PostgresVersionProgress progress = new PostgresVersionProgress(transactions);
    private final FairDispatch dispatch = dispatch(Map.of());
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
        transactions.run(connection -> {
            Statements.update(connection, "truncate outbox, in_flight, fair_share, collection cascade");
            Statements.update(connection, "update dispatch_lane set virtual_time = 0, granted = 0, rate = 0");
        });
    }

    @Test
    void oneDocumentIsNotDelayedByFiftyThousand() {
        backlog("crowd", 50_000);
        for (int i = 0; i < 4; i++) {
            finish(drain());
        }
        DocumentRef single = put("single", "only");
        List<OutboxEntry> next = drain();
        assertThat(documents(next).getFirst()).isEqualTo(single);
        assertThat(next).hasSize(BATCH);
    }

    @Test
    void aPickReadsAFewRowsOfAHundredThousand() {
        for (int i = 0; i < 20; i++) {
            backlog("crowd-" + i, 5_000);
        }
        transactions.run(connection -> Statements.update(connection, "analyze outbox, document, fair_share"));
        List<String> plan = transactions.call(connection -> Statements.list(
                connection,
                "explain (analyze, buffers, timing off, summary off) " + FairDispatch.WAITING,
                row -> row.getString(1),
                Lane.PARSE,
                Lane.PARSE,
                Lane.PARSE,
                BATCH,
                Lane.PARSE,
                Lane.PARSE,
                BATCH));
        System.out.println(String.join("\n", plan));
        assertThat(plan)
                .noneMatch(line -> line.contains("Seq Scan on outbox") || line.contains("Seq Scan on document"));
        // 21 leaps, 8 collections with 8 heads each, and the document of each head: hundreds of pages, not thousands.
        assertThat(buffers(plan)).isLessThan(1_500);
    }

    @Test
    void noMoreIsUnderWayThanTheWindowHolds() {
        backlog("a", 200);
        List<OutboxEntry> handedOver = new ArrayList<>();
        for (List<OutboxEntry> batch = drain(); !batch.isEmpty(); batch = drain()) {
            handedOver.addAll(batch);
        }
        assertThat(handedOver).hasSize(WINDOW);
        assertThat(load(Lane.PARSE)).isEqualTo(new LaneLoad(200 - WINDOW, WINDOW, WINDOW));
        finish(handedOver.subList(0, WINDOW / 2));
        assertThat(drain()).hasSize(WINDOW / 2);
    }

    @Test
    void dispatchersTogetherKeepTheWindowAndPublishNothingTwice() throws Exception {
        backlog("a", 300);
        backlog("b", 300);
        Set<Long> seen = new HashSet<>();
        List<Future<List<Long>>> batches = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 16; i++) {
                batches.add(threads.submit(
                        () -> drain().stream().map(OutboxEntry::id).toList()));
            }
            for (Future<List<Long>> batch : batches) {
                for (Long id : batch.get()) {
                    assertThat(seen.add(id)).as("published once: %d", id).isTrue();
                }
            }
        }
        assertThat(seen).hasSize(WINDOW);
    }

    @Test
    void whatADeadDispatcherWasGrantedIsPublishedByTheNext() {
        backlog("a", 50);
        assertThatThrownBy(() -> outbox.drain(BATCH, _ -> {
                    throw new IllegalStateException("killed between grant and publish");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(load(Lane.PARSE).inFlight()).isEqualTo(BATCH);
        assertThat(drain()).hasSize(BATCH);
        assertThat(load(Lane.PARSE).inFlight()).isEqualTo(WINDOW);
    }

    @Test
    void everyEndMakesRoom() {
        DocumentRef chunked = put("ends", "chunked");
        DocumentRef failed = put("ends", "failed");
        DocumentRef replaced = put("ends", "replaced");
        DocumentRef deleted = put("ends", "deleted");
        assertThat(documents(drain())).containsExactlyInAnyOrder(chunked, failed, replaced, deleted);
        assertThat(load(Lane.PARSE).inFlight()).isEqualTo(4);
        chunk(chunked, 1);
        progress.failed(failed, new StageFailure(Stage.PARSE, "NO_TEXT", "for a test"));
        registry.put(replaced.key(), GIVEN, new Blob("other", 2));
        registry.delete(deleted.key());
        assertThat(load(Lane.PARSE)).isEqualTo(new LaneLoad(1, 0, 4));
    }

    @Test
    void aPartIsDoneWhenItIsStagedAndAllAreWhenTheVersionIsReady() {
        DocumentRef ref = put("parts", "long");
        drain();
        chunk(ref, 3);
        assertThat(drain()).hasSize(3);
        assertThat(load(Lane.EMBED).inFlight()).isEqualTo(3);
        progress.staged(ref, 1, 1);
        assertThat(load(Lane.EMBED).inFlight()).isEqualTo(2);
        progress.indexed(ref, 3, Instant.now());
        assertThat(load(Lane.EMBED).inFlight()).isZero();
    }

    @Test
    void aPartThatIsHandedOverAgainTakesItsRoomOnce() {
        DocumentRef ref = put("again", "long");
        drain();
        chunk(ref, 3);
        assertThat(drain()).hasSize(3);
        StoredVersions versions = new PostgresStoredVersions(transactions);
        Prepared prepared = versions.underWay(ref).orElseThrow().prepared();
        assertThat(versions.handOver(new IngestEvent.ChunksCreated(
                        ref,
                        1,
                        3,
                        3,
                        new IngestEvent.DocumentInfo(GIVEN, prepared.found()),
                        prepared.text(),
                        prepared.chunks().subList(1, 2))))
                .isTrue();
        assertThat(load(Lane.EMBED).inFlight()).isEqualTo(2);
        assertThat(drain()).hasSize(1);
        assertThat(load(Lane.EMBED).inFlight()).isEqualTo(3);
    }

    @Test
    void whatWaitsOfADeletedOrCancelledDocumentIsTakenBack() {
        DocumentRef deleted = put("given-up", "deleted");
        DocumentRef cancelled = put("given-up", "cancelled");
        drain();
        chunk(deleted, 200);
        chunk(cancelled, 200);
        drain();
        registry.delete(deleted.key());
        registry.cancel(cancelled.key());

        assertThat(load(Lane.EMBED).waiting()).isZero();
        DocumentRef other = put("waits", "other");
        assertThat(drain()).extracting(OutboxEntry::routingKey).doesNotContain("ingest.chunks-created.v1");
        chunk(other, 1);
        assertThat(documents(drain())).containsExactly(other);
    }

    @Test
    void partsOfASupersededVersionCountUntilTheyComeBack() {
        DocumentRef old = put("updated", "often");
        drain();
        chunk(old, 20);
        PostgresOutbox narrow = narrow();
        assertThat(drain(narrow)).hasSize(4);
        registry.put(old.key(), GIVEN, new Blob("newer", 2));
        DocumentRef other = put("waits", "other");
        assertThat(drain(narrow)).extracting(OutboxEntry::routingKey).containsOnly("ingest.document-received.v1");
        chunk(other, 1);
        assertThat(drain(narrow)).isEmpty();

        assertThat(progress.staged(old, 0, 1)).isFalse();
        assertThat(progress.staged(old, 1, 1)).isFalse();
        assertThat(documents(drain(narrow))).containsExactly(other, old);
        progress.indexed(old, 20, Instant.now());
        assertThat(load(Lane.EMBED).inFlight()).isEqualTo(1);
    }

    @Test
    void partsOfAFailedVersionCountUntilTheyComeBack() {
        DocumentRef failed = put("fails", "long");
        drain();
        chunk(failed, 20);
        PostgresOutbox narrow = narrow();
        assertThat(drain(narrow)).hasSize(4);
        progress.failed(failed, new StageFailure(Stage.EMBED, "POISON", "for a test"));
        assertThat(drain(narrow)).hasSize(4);
        assertThat(drain(narrow)).isEmpty();

        assertThat(progress.staged(failed, 4, 1)).isTrue();
        assertThat(progress.staged(failed, 5, 1)).isTrue();
        assertThat(drain(narrow)).hasSize(2);
        assertThat(drain(narrow)).isEmpty();
    }

    @Test
    void aRetryTakesBackWhatWaitsOfTheFailedVersion() {
        DocumentRef failed = put("again", "failed");
        drain();
        chunk(failed, 20);
        drain();
        progress.failed(failed, new StageFailure(Stage.EMBED, "POISON", "for a test"));
        assertThat(load(Lane.EMBED).waiting()).isEqualTo(12);
        registry.retry(failed.key(), Instant.now());
        assertThat(load(Lane.EMBED)).isEqualTo(new LaneLoad(0, 0, 8));
        assertThat(drain()).extracting(OutboxEntry::routingKey).containsExactly("ingest.document-received.v1");
    }

    @Test
    void aCancelledVersionTakesTheOnesBeforeItWithIt() {
        DocumentRef old = put("given-up", "updated");
        drain();
        chunk(old, 20);
        registry.put(old.key(), GIVEN, new Blob("newer", 2));
        registry.cancel(old.key());
        assertThat(load(Lane.EMBED).waiting()).isZero();
    }

    @Test
    void deletionsOvertakeWhatWaits() {
        DocumentRef gone = put("deleting", "gone");
        finish(drain());
        backlog("crowd", 500);
        for (List<OutboxEntry> batch = drain(); !batch.isEmpty(); batch = drain()) {
            continue;
        }
        DocumentRef tombstone = registry.delete(gone.key()).orElseThrow().ref();
        assertThat(drain())
                .singleElement()
                .satisfies(entry -> assertThat(entry.routingKey()).isEqualTo("ingest.document-deleted.v1"));
        assertThat(load(Lane.REMOVE).inFlight()).isEqualTo(1);
        progress.removed(tombstone);
        assertThat(load(Lane.REMOVE).inFlight()).isZero();
    }

    @Test
    void whatIsLostNarrowsTheWindowForItsLeaseOnly() {
        backlog("a", 100);
        drain();
        drain();
        assertThat(drain()).isEmpty();
        transactions.run(connection ->
                Statements.update(connection, "update in_flight set granted_at = granted_at - interval '6 minutes'"));
        assertThat(drain()).hasSize(BATCH);
    }

    @Test
    void theWindowOfPartsFollowsTheRateAtWhichTheyComeBack() {
        DocumentRef ref = put("measured", "long");
        drain();
        chunk(ref, 200);
        PostgresOutbox measured = new PostgresOutbox(
                transactions,
                dispatch(Map.of(
                        "quintet.ingest.dispatch.embed-bytes-min", "1K",
                        "quintet.ingest.dispatch.embed-work", "40s")));
        int first = drainAll(measured);
        assertThat(first).isGreaterThan(2);
        stage(ref, 0, first, 20);
        int second = drainAll(measured);
        assertThat(second).as("twice what took half of the time").isBetween(2 * first - 2, 2 * first + 1);
        stage(ref, first, second, 280);
        assertThat(drainAll(measured)).as("fewer when they take longer").isLessThan(second);
    }

    @Test
    void aWideFileGoesAloneAndIsNotKeptBackForEver() {
        put("wide", "small-1", 1_000);
        put("wide", "large", 1_000_000_000);
        put("wide", "small-2", 1_000);
        assertThat(documents(drain())).extracting(ref -> ref.key().documentId()).containsExactly("small-1", "large");
        assertThat(drain()).isEmpty();
    }

    @Test
    void weightsShareTheLane() {
        backlog("one", 500);
        backlog("three", 500);
        PostgresOutbox weighted =
                new PostgresOutbox(transactions, dispatch(Map.of("quintet.ingest.dispatch.weights.three", "3")));
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 25; i++) {
            List<OutboxEntry> batch = new ArrayList<>();
            weighted.drain(BATCH, batch::addAll);
            documents(batch).forEach(ref -> counts.merge(ref.key().collection(), 1, Integer::sum));
            finish(batch);
        }
        assertThat(counts).containsEntry("one", 50).containsEntry("three", 150);
    }

    @Test
    void aGenerationThatIsBuiltBesideTheLiveOneHasAQuarterOfItsShare() {
        backlog("asked", 500);
        backlog("asked~2", 500);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 25; i++) {
            List<OutboxEntry> batch = drain();
            documents(batch).forEach(ref -> counts.merge(ref.key().collection(), 1, Integer::sum));
            finish(batch);
        }
        assertThat(counts).containsEntry("asked", 160).containsEntry("asked~2", 40);
    }

    @Test
    void eventsWithoutALaneArePublishedAtOnce() {
        backlog("a", 100);
        drain();
        drain();
        transactions.run(connection -> Statements.update(connection, """
                insert into outbox (collection, document_id, version, routing_key, payload)
                values ('a', 'x', 1, 'ingest.something-new.v1', '')"""));
        assertThat(drain())
                .singleElement()
                .satisfies(entry -> assertThat(entry.routingKey()).isEqualTo("ingest.something-new.v1"));
    }

    private static FairDispatch dispatch(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("quintet.ingest.dispatch.parse-documents", Integer.toString(WINDOW));
        return new FairDispatch(transactions, TestConfigs.of(DispatchConfig.class, all));
    }

    private LaneLoad load(Lane lane) {
        return new PostgresLanes(transactions, dispatch).load(1_000_000).getOrDefault(lane, LaneLoad.IDLE);
    }

    private DocumentRef put(String collection, String id) {
        return put(collection, id, 100);
    }

    private DocumentRef put(String collection, String id, long bytes) {
        return registry.put(new DocumentKey(collection, id), GIVEN, new Blob("hash-" + id, bytes))
                .document()
                .ref();
    }

    /** Documents that wait for parsing, as {@link PostgresDocumentRegistry#put} leaves them; one by one takes too long. */
    private static void backlog(String collection, int count) {
        transactions.run(connection -> {
            Statements.update(
                    connection,
                    "insert into collection (name, live) values (?, ?)",
                    collection,
                    !GenerationName.isLater(collection));
            Statements.update(connection, """
                    insert into document (collection, document_id, version, state, given_filename, given_title,
                        given_source, given_mime_type, given_metadata, sha256, size_bytes)
                    select ?, 'd' || i, 1, 'RECEIVED', '', '', '', 'text/plain', '{}', 'hash' || i, 100
                    from generate_series(1, ?) i""", collection, count);
            Statements.update(connection, """
                    insert into outbox (collection, document_id, version, routing_key, payload)
                    select ?, 'd' || i, 1, 'ingest.document-received.v1',
                        convert_to(?::text || ' d' || i, 'UTF8')
                    from generate_series(1, ?) i""", collection, collection, count);
        });
    }

    /** Notes that parts which were granted so long ago are embedded. */
    private void stage(DocumentRef ref, int from, int count, int secondsAgo) {
        transactions.run(connection -> Statements.update(
                connection, "update in_flight set granted_at = now() - ? * interval '1 second'", secondsAgo));
        IntStream.range(from, from + count).forEach(part -> progress.staged(ref, part, 1));
    }

    private static int drainAll(PostgresOutbox outbox) {
        int count = 0;
        for (List<OutboxEntry> batch = drain(outbox); !batch.isEmpty(); batch = drain(outbox)) {
            count += batch.size();
        }
        return count;
    }

    /** Four parts of documents under way at most. */
    private static PostgresOutbox narrow() {
        return new PostgresOutbox(transactions, dispatch(Map.of("quintet.ingest.dispatch.embed-parts", "4")));
    }

    private List<OutboxEntry> drain() {
        return drain(outbox);
    }

    private static List<OutboxEntry> drain(PostgresOutbox outbox) {
        List<OutboxEntry> batch = new ArrayList<>();
        outbox.drain(BATCH, batch::addAll);
        return batch;
    }

    /** The versions that entries are about, in the order of their publishing. */
    private static List<DocumentRef> documents(List<OutboxEntry> entries) {
        return entries.stream()
                .map(entry -> transactions
                        .call(connection -> Statements.first(
                                connection,
                                "select collection, document_id, version from in_flight where outbox_id = ?",
                                row -> DocumentRef.of(row.getString(1), row.getString(2), row.getLong(3)),
                                entry.id()))
                        .orElseThrow())
                .toList();
    }

    private void finish(List<OutboxEntry> entries) {
        documents(entries).forEach(ref -> progress.failed(ref, new StageFailure(Stage.PARSE, "DONE", "for a test")));
    }

    private void chunk(DocumentRef ref, int parts) {
        CleanText text =
                new CleanText("One. Two.", List.of(new CleanText.TextBlock(Block.Kind.PARAGRAPH, 0, 0, 9)), List.of());
        List<Chunk> chunks = IntStream.range(0, parts)
                .mapToObj(ordinal -> new Chunk(ordinal, 0, 4, 0, 0, List.of(), 2))
                .toList();
        Prepared prepared =
                new Prepared(new Findings("text/plain", "", "en", 0, Map.of()), text, () -> chunks, Instant.now());
        List<IngestEvent> events = IntStream.range(0, parts)
                .<IngestEvent>mapToObj(part -> new IngestEvent.ChunksCreated(
                        ref,
                        part,
                        parts,
                        parts,
                        new IngestEvent.DocumentInfo(GIVEN, prepared.found()),
                        text,
                        chunks.subList(part, part + 1)))
                .toList();
        progress.begin(ref);
        assertThat(progress.chunked(ref, prepared, events)).isTrue();
    }

    /** The first line of buffers is that of the whole plan. */
    private static int buffers(List<String> plan) {
        String line = plan.stream()
                .filter(each -> each.contains("Buffers: shared"))
                .findFirst()
                .orElseThrow();
        int sum = 0;
        for (String word : line.strip().split(" ")) {
            if (word.startsWith("hit=") || word.startsWith("read=")) {
                sum += Integer.parseInt(word.substring(word.indexOf('=') + 1));
            }
        }
        return sum;
    }
}
