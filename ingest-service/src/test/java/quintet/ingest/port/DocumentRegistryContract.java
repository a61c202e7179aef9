package quintet.ingest.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.Block;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.Findings;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.model.Submission;
import quintet.ingest.port.VersionProgress.Prepared;

/** What every {@link DocumentRegistry} must do together with its {@link Outbox}. */
public interface DocumentRegistryContract {
    Attributes GIVEN = new Attributes("a.txt", "", "", "text/plain", Map.of("year", "2024"), List.of());
    Blob BLOB = new Blob("0".repeat(64), 10);
    StageFailure FAILURE = new StageFailure(Stage.EMBED, "MODEL_BROKEN", "the model is broken");

    DocumentRegistry registry();

    VersionProgress progress();

    Outbox outbox();

    @Test
    default void versionsRiseAndTheSameAgainChangesNothing() {
        DocumentKey key = newKey();
        Submission first = registry().put(key, GIVEN, BLOB);
        assertThat(first.unchanged()).isFalse();
        assertThat(first.document().ref().version()).isEqualTo(1);
        assertThat(registry().put(key, GIVEN, BLOB).unchanged()).isTrue();
        Submission other = registry().put(key, GIVEN, new Blob("1".repeat(64), 11));
        assertThat(other.document().ref().version()).isEqualTo(2);
        Attributes renamed = new Attributes("b.txt", "", "", "text/plain", Map.of(), List.of());
        assertThat(registry()
                        .put(key, renamed, other.document().blob())
                        .document()
                        .ref()
                        .version())
                .isEqualTo(3);
    }

    @Test
    default void writesAnEventWithEveryStep() {
        drain();
        DocumentRef ref = chunked(newKey());
        assertThat(drain())
                .extracting(OutboxEntry::routingKey)
                .containsExactlyInAnyOrder("ingest.document-received.v1", "ingest.chunks-created.v1");
        registry().delete(ref.key());
        assertThat(drain()).extracting(OutboxEntry::routingKey).containsExactly("ingest.document-deleted.v1");
    }

    @Test
    default void chunksAVersionOnce() {
        DocumentRef ref = chunked(newKey());
        assertThat(progress().begin(ref)).isEmpty();
        assertThat(progress().chunked(ref, prepared(), events(ref))).isFalse();
        assertThat(state(ref)).isEqualTo(DocumentState.CHUNKED);
    }

    @Test
    default void countsAttempts() {
        DocumentRef ref = registry().put(newKey(), GIVEN, BLOB).document().ref();
        assertThat(progress().begin(ref).orElseThrow().number()).isEqualTo(1);
        assertThat(progress().begin(ref).orElseThrow().number()).isEqualTo(2);
    }

    @Test
    default void countsEachStagedPartOnce() {
        DocumentRef ref = chunked(newKey());
        progress().staged(ref, 0, 1);
        progress().staged(ref, 0, 1);
        assertThat(state(ref)).isEqualTo(DocumentState.CHUNKED);
        assertThat(document(ref).progress().chunksIndexed()).isEqualTo(1);
        progress().staged(ref, 1, 1);
        assertThat(state(ref)).isEqualTo(DocumentState.EMBEDDED);
    }

    @Test
    default void neverGoesBack() {
        DocumentRef ref = chunked(newKey());
        assertThat(progress().indexed(ref, 2, Instant.now())).isTrue();
        progress().staged(ref, 0, 1);
        progress().failed(ref, FAILURE);
        progress().begin(ref);
        assertThat(state(ref)).isEqualTo(DocumentState.READY);
        assertThat(document(ref).times())
                .containsKeys(
                        DocumentState.RECEIVED,
                        DocumentState.PARSED,
                        DocumentState.CHUNKED,
                        DocumentState.EMBEDDED,
                        DocumentState.READY);
    }

    @Test
    default void becomesReadyAfterAFailureThatWasReplayed() {
        DocumentRef ref = chunked(newKey());
        assertThat(progress().failed(ref, FAILURE)).isTrue();
        assertThat(document(ref).failure()).isEqualTo(FAILURE);
        assertThat(progress().indexed(ref, 2, Instant.now())).isTrue();
        assertThat(document(ref).failure()).isNull();
    }

    @Test
    default void ignoresWhatComesLateForAnOlderVersion() {
        DocumentRef old = chunked(newKey());
        DocumentRef newer = registry()
                .put(old.key(), GIVEN, new Blob("2".repeat(64), 3))
                .document()
                .ref();
        assertThat(progress().begin(old)).isEmpty();
        assertThat(progress().chunked(old, prepared(), events(old))).isFalse();
        assertThat(progress().staged(old, 0, 2)).isFalse();
        assertThat(progress().failed(old, FAILURE)).isFalse();
        assertThat(progress().indexed(old, 2, Instant.now())).isFalse();
        assertThat(document(newer).ref()).isEqualTo(newer);
        assertThat(state(newer)).isEqualTo(DocumentState.RECEIVED);
    }

    @Test
    default void deletionBeatsEverythingOlder() {
        DocumentRef ref = chunked(newKey());
        Document deleted = registry().delete(ref.key()).orElseThrow();
        assertThat(deleted.ref().version()).isEqualTo(2);
        progress().staged(ref, 0, 2);
        progress().indexed(ref, 2, Instant.now());
        progress().failed(ref, FAILURE);
        progress().chunked(ref, prepared(), events(ref));
        assertThat(state(ref)).isEqualTo(DocumentState.DELETED);
        assertThat(registry().delete(ref.key()).orElseThrow().ref().version()).isEqualTo(2);
        assertThat(progress().removed(deleted.ref())).isTrue();
        assertThat(registry().put(ref.key(), GIVEN, BLOB).document().ref().version())
                .isEqualTo(3);
        assertThat(state(ref)).isEqualTo(DocumentState.RECEIVED);
    }

    @Test
    default void takesAFailedDocumentAgain() {
        DocumentRef ref = registry().put(newKey(), GIVEN, BLOB).document().ref();
        progress().failed(ref, FAILURE);
        Submission again = registry().put(ref.key(), GIVEN, BLOB);
        assertThat(again.unchanged()).isFalse();
        assertThat(again.document().failure()).isNull();
    }

    @Test
    default void tellsWhenTheIndexCommittedAndNeverOutOfOrder() {
        DocumentRef ref = chunked(newKey());
        Instant chunkedAt = document(ref).times().get(DocumentState.CHUNKED);
        progress().indexed(ref, 2, chunkedAt.minusSeconds(60));
        List<Instant> times = List.copyOf(document(ref).times().values());
        assertThat(times).isSorted().hasSize(6);
        assertThat(document(ref).times().get(DocumentState.INDEXED)).isEqualTo(chunkedAt);
        DocumentRef ahead = chunked(newKey());
        progress().indexed(ahead, 2, Instant.now().plusSeconds(60));
        assertThat(List.copyOf(document(ahead).times().values())).isSorted();
        assertThat(document(ahead).times().get(DocumentState.INDEXED))
                .isBefore(Instant.now().plusSeconds(1));
    }

    @Test
    default void progressNeverGoesBackWhateverComesInWhateverOrder() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            DocumentRef first = registry().put(newKey(), GIVEN, BLOB).document().ref();
            DocumentRef second = registry()
                    .put(first.key(), GIVEN, new Blob("3".repeat(64), 3))
                    .document()
                    .ref();
            List<Consumer<DocumentRef>> steps = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                steps.add(ref -> progress().begin(ref));
                steps.add(ref -> progress().chunked(ref, prepared(), events(ref)));
                steps.add(ref -> progress().staged(ref, 0, 1));
                steps.add(ref -> progress().staged(ref, 1, 1));
                steps.add(ref -> progress().indexed(ref, 2, Instant.now()));
                steps.add(ref -> progress().failed(ref, FAILURE));
                steps.add(ref -> progress().removed(ref));
            }
            Collections.shuffle(steps, random);
            int reached = -1;
            int indexed = 0;
            for (Consumer<DocumentRef> step : steps) {
                step.accept(random.nextInt(4) == 0 ? first : second);
                Document now = document(second);
                String where = "seed %d round %d: %s".formatted(seed, round, now);
                assertThat(now.ref()).as(where).isEqualTo(second);
                if (now.state() != DocumentState.FAILED) {
                    assertThat(now.state().ordinal()).as(where).isGreaterThanOrEqualTo(reached);
                    reached = now.state().ordinal();
                }
                assertThat(now.progress().chunksIndexed()).as(where).isGreaterThanOrEqualTo(indexed);
                indexed = now.progress().chunksIndexed();
                List<Instant> times = now.times().entrySet().stream()
                        .filter(reachedAt -> reachedAt.getKey() != DocumentState.FAILED)
                        .map(Map.Entry::getValue)
                        .toList();
                assertThat(times).as(where).isSorted();
            }
        }
    }

    @Test
    default void retriesWhatFailedAsANewVersion() {
        DocumentRef failed = chunked(newKey());
        progress().failed(failed, FAILURE);
        drain();
        Document again = registry().retry(failed.key(), Instant.EPOCH).orElseThrow();
        assertThat(again.ref().version()).isEqualTo(2);
        assertThat(again.state()).isEqualTo(DocumentState.RECEIVED);
        assertThat(again.failure()).isNull();
        assertThat(again.progress().attempts()).isZero();
        assertThat(drain()).extracting(OutboxEntry::routingKey).containsExactly("ingest.document-received.v1");
        assertThat(progress().staged(failed, 0, 1)).isFalse();
        assertThat(registry().retry(newKey(), Instant.EPOCH)).isEmpty();
    }

    @Test
    default void retriesWhatIsStuckAndNothingElse() {
        DocumentRef ref = chunked(newKey());
        assertThatThrownBy(() -> registry().retry(ref.key(), Instant.now().minusSeconds(60)))
                .satisfies(thrown -> assertThat(Failure.of(thrown).reason()).isEqualTo("STILL_IN_PROGRESS"));
        assertThat(registry()
                        .retry(ref.key(), Instant.now().plusSeconds(60))
                        .orElseThrow()
                        .ref()
                        .version())
                .isEqualTo(2);
        DocumentRef ready = chunked(newKey());
        progress().indexed(ready, 2, Instant.now());
        assertThatThrownBy(() -> registry().retry(ready.key(), Instant.now().plusSeconds(60)))
                .satisfies(thrown -> assertThat(Failure.of(thrown).reason()).isEqualTo("NOTHING_TO_RETRY"));
        registry().delete(ready.key());
        assertThatThrownBy(() -> registry().retry(ready.key(), Instant.now().plusSeconds(60)))
                .satisfies(thrown -> assertThat(Failure.of(thrown).reason()).isEqualTo("NOTHING_TO_RETRY"));
    }

    @Test
    default void retriesTheFailedOfACollectionPageByPage() {
        String collection = "retry-" + UUID.randomUUID();
        for (int i = 0; i < 5; i++) {
            DocumentRef ref = registry()
                    .put(new DocumentKey(collection, "d" + i), GIVEN, BLOB)
                    .document()
                    .ref();
            if (i != 2) {
                progress().failed(ref, FAILURE);
            }
        }
        DocumentRegistry.Retried first = registry().retryFailed(collection, 3, null);
        assertThat(first.count()).isEqualTo(3);
        assertThat(first.nextAfter()).isEqualTo("d3");
        DocumentRegistry.Retried rest = registry().retryFailed(collection, 3, first.nextAfter());
        assertThat(rest).isEqualTo(new DocumentRegistry.Retried(1, null));
        assertThat(registry().retryFailed(collection, 3, null).count()).isZero();
    }

    @Test
    default void aCancelledVersionIsLeftAloneAndTheOneBeforeItStaysReady() {
        DocumentRef ready = chunked(newKey());
        progress().indexed(ready, 2, Instant.now());
        DocumentRef next = registry()
                .put(ready.key(), GIVEN, new Blob("4".repeat(64), 4))
                .document()
                .ref();
        drain();
        Document cancelled = registry().cancel(next.key()).orElseThrow();
        assertThat(cancelled.state()).isEqualTo(DocumentState.CANCELLED);
        assertThat(cancelled.progress().readyVersion()).isEqualTo(1);
        assertThat(drain()).extracting(OutboxEntry::routingKey).containsExactly("ingest.version-cancelled.v1");
        assertThat(progress().begin(next)).isEmpty();
        assertThat(progress().chunked(next, prepared(), events(next))).isFalse();
        assertThat(progress().staged(next, 0, 2)).isFalse();
        assertThat(progress().failed(next, FAILURE)).isFalse();
        assertThat(registry().cancel(next.key()).orElseThrow().state()).isEqualTo(DocumentState.CANCELLED);
        assertThat(drain()).isEmpty();
        assertThat(registry()
                        .put(next.key(), GIVEN, new Blob("4".repeat(64), 4))
                        .unchanged())
                .isFalse();
    }

    @Test
    default void cancelsOnlyWhatIsOnItsWayAndKeepsToWhatTheIndexSays() {
        DocumentRef ref = chunked(newKey());
        registry().cancel(ref.key());
        assertThat(progress().indexed(ref, 2, Instant.now())).isTrue();
        assertThat(state(ref)).isEqualTo(DocumentState.READY);
        assertThatThrownBy(() -> registry().cancel(ref.key()))
                .satisfies(thrown -> assertThat(Failure.of(thrown).reason()).isEqualTo("NOTHING_TO_CANCEL"));
        assertThat(registry().cancel(newKey())).isEmpty();
    }

    @Test
    default void givesConcurrentPutsVersionsOfTheirOwn() throws Exception {
        DocumentKey key = newKey();
        List<Callable<Long>> puts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Blob blob = new Blob(Integer.toString(i).repeat(64), i + 1);
            puts.add(() -> registry().put(key, GIVEN, blob).document().ref().version());
        }
        List<Long> versions = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> version : threads.invokeAll(puts)) {
                versions.add(version.get());
            }
        }
        assertThat(versions).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    default void knowsWhichBlobsAreOfNoUse() {
        Blob used = new Blob(hash(), 1);
        Blob unused = new Blob(hash(), 1);
        DocumentKey key = newKey();
        registry().put(key, GIVEN, used);
        assertThat(registry().unreferenced(List.of(used.sha256(), unused.sha256())))
                .containsExactly(unused.sha256());
        registry().delete(key);
        assertThat(registry().unreferenced(List.of(used.sha256()))).containsExactly(used.sha256());
    }

    @Test
    default void keepsEventsThatWereNotPublished() {
        drain();
        registry().put(newKey(), GIVEN, BLOB);
        try {
            outbox().drain(10, entries -> {
                throw new IllegalStateException("the broker is down");
            });
        } catch (IllegalStateException expected) {
            // The entries stay.
        }
        assertThat(outbox().backlog().depth()).isEqualTo(1);
        assertThat(drain()).hasSize(1);
        assertThat(outbox().backlog().depth()).isZero();
    }

    @Test
    default void sharesTheOutboxAmongDispatchers() {
        drain();
        registry().put(newKey(), GIVEN, BLOB);
        registry().put(newKey(), GIVEN, BLOB);
        List<OutboxEntry> seen = new ArrayList<>();
        outbox().drain(1, mine -> {
            seen.addAll(mine);
            outbox().drain(10, seen::addAll);
        });
        assertThat(seen).extracting(OutboxEntry::id).doesNotHaveDuplicates().hasSize(2);
    }

    private DocumentRef chunked(DocumentKey key) {
        DocumentRef ref = registry().put(key, GIVEN, BLOB).document().ref();
        progress().begin(ref);
        assertThat(progress().chunked(ref, prepared(), events(ref))).isTrue();
        return ref;
    }

    private static Prepared prepared() {
        CleanText text =
                new CleanText("One. Two.", List.of(new CleanText.TextBlock(Block.Kind.PARAGRAPH, 0, 0, 9)), List.of());
        List<Chunk> chunks =
                List.of(new Chunk(0, 0, 4, 0, 0, List.of("A", "B"), 2), new Chunk(1, 5, 9, 0, 0, List.of(), 2));
        return new Prepared(
                new Findings("text/plain", "T", "en", 0, Map.of("author", "Kim")), text, () -> chunks, Instant.now());
    }

    private static List<IngestEvent> events(DocumentRef ref) {
        Prepared prepared = prepared();
        return List.of(new IngestEvent.ChunksCreated(
                ref,
                0,
                1,
                2,
                new IngestEvent.DocumentInfo(GIVEN, prepared.found()),
                prepared.text(),
                prepared.chunks()));
    }

    private Document document(DocumentRef ref) {
        return registry().find(ref.key()).orElseThrow();
    }

    private DocumentState state(DocumentRef ref) {
        return document(ref).state();
    }

    private List<OutboxEntry> drain() {
        List<OutboxEntry> entries = new ArrayList<>();
        while (outbox().drain(100, entries::addAll) > 0) {
            continue;
        }
        return entries;
    }

    private static DocumentKey newKey() {
        return new DocumentKey("contract", UUID.randomUUID().toString());
    }

    private static String hash() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }
}
