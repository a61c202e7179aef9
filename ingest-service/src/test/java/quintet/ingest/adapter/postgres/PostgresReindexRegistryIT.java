package quintet.ingest.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.ChunkingStrategy;
import quintet.ingest.model.CollectionOverview;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.model.DeduplicationSettings;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.GenerationChoice;
import quintet.ingest.model.Reindex;
import quintet.ingest.model.ReindexAction;
import quintet.ingest.model.ReindexOrder;
import quintet.ingest.model.ReindexProgress;
import quintet.ingest.model.ReindexState;
import quintet.ingest.model.Selection;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.model.StateEvent;
import quintet.ingest.model.SwitchRule;
import quintet.ingest.model.Visibility;
import quintet.ingest.port.CollectionRegistry;
import quintet.ingest.port.Deletions;
import quintet.ingest.port.DocumentRegistry;
import quintet.ingest.port.EventLog;
import quintet.ingest.port.ReindexRegistry;
import quintet.ingest.port.VersionProgress;

class PostgresReindexRegistryIT {
    private static final CollectionSettings HEADINGS =
            new CollectionSettings(ChunkingSettings.of(ChunkingStrategy.HEADING), DeduplicationSettings.DEFAULT);
    private static final ReindexOrder ORDER = new ReindexOrder(HEADINGS, null, SwitchRule.DEFAULT);

    private static Database database;

    @BeforeAll
    static void start() {
        database = Database.start();
    }

    @AfterAll
    static void stop() {
        if (database != null) {
            database.close();
        }
    }

    private final DocumentRegistry registry = database.registry();
    private final VersionProgress progress = database.progress();
    private final CollectionRegistry collections = database.collections();
    private final Deletions deletions = database.deletions();
    private final ReindexRegistry reindexes = database.reindexes();
    private final EventLog events = database.events();
    private final String collection = "re-" + UUID.randomUUID().toString().substring(0, 8);

    private Document put(String id, String title) {
        return registry.put(
                        new DocumentKey(collection, id),
                        new Attributes(id + ".txt", title, "", "text/plain", Map.of("team", "x"), List.of("hr")),
                        new Blob("sha-" + id, 7))
                .document();
    }

    private void ready(String generation, String id) {
        Document document = document(generation, id).orElseThrow();
        boolean _ = progress.indexed(document.ref(), 1, Instant.now());
    }

    /** Reads the row of a generation, which the registry's callers can not name if it is the first and not live. */
    private Optional<Document> document(String generation, String id) {
        return database.transactions()
                .call(connection -> DocumentRows.find(connection, new DocumentKey(generation, id)));
    }

    private Reindex begin() {
        return reindexes.begin(collection, reindexes.name(collection), ORDER);
    }

    private Reindex current() {
        return reindexes.newest(collection).orElseThrow();
    }

    private void copyAll() {
        while (reindexes.copy(current(), 2)) {
            assertThat(current().copied()).isFalse();
        }
        assertThat(current().copied()).isTrue();
    }

    /** Begins, copies and switches. */
    private Reindex switched() {
        Reindex reindex = begin();
        copyAll();
        assertThat(reindexes.move(current(), ReindexState.SWITCHING, null, null))
                .isTrue();
        assertThat(reindexes.goLive(current(), reindexes.choice(current()), ReindexState.SWITCHED))
                .isTrue();
        return reindex;
    }

    @Test
    void copiesDocumentsAsTheyAreAndHandsThemOverToBeCutAnew() {
        put("a", "Alpha");
        put("a", "Alpha again");
        put("b", "Beta");
        put("c", "Gamma");
        put("gone", "Gone");
        registry.delete(new DocumentKey(collection, "gone"));
        ready(collection, "a");
        Reindex reindex = begin();
        assertThat(reindex.newGeneration()).isEqualTo(collection + "~2");
        copyAll();
        Document copy = document(reindex.newGeneration(), "a").orElseThrow();
        Document live = document(collection, "a").orElseThrow();
        assertThat(copy.ref().version()).isEqualTo(live.ref().version()).isEqualTo(2);
        assertThat(copy.state()).isEqualTo(DocumentState.RECEIVED);
        assertThat(copy.given()).isEqualTo(live.given());
        assertThat(copy.blob()).isEqualTo(live.blob());
        assertThat(collections.chunkingOf(copy.ref())).contains(ChunkingSettings.of(ChunkingStrategy.HEADING));
        assertThat(collections.chunkingOf(live.ref())).isEmpty();
        Document tombstone = document(reindex.newGeneration(), "gone").orElseThrow();
        assertThat(tombstone.state()).isEqualTo(DocumentState.DELETED);
        assertThat(tombstone.times()).containsKey(DocumentState.DELETED);
        assertThat(received(reindex.newGeneration())).isEqualTo(3);
        assertThat(reindexes.copy(current(), 2)).isFalse();
        assertThat(received(reindex.newGeneration()))
                .as("nothing is copied twice")
                .isEqualTo(3);
    }

    private long received(String generation) {
        return database.transactions()
                .call(connection -> Statements.first(
                                connection,
                                "select count(*) from outbox where collection = ?"
                                        + " and routing_key = 'ingest.document-received.v1'",
                                row -> row.getLong(1),
                                generation)
                        .orElseThrow());
    }

    @Test
    void everyWriteGoesToBothGenerations() {
        put("a", "Alpha");
        put("b", "Beta");
        Reindex reindex = begin();
        String next = reindex.newGeneration();
        assertThat(reindexes.copy(current(), 1)).isTrue();
        put("a", "Alpha again");
        put("new", "New");
        assertThat(document(next, "a").orElseThrow().given().title()).isEqualTo("Alpha again");
        assertThat(document(next, "a").orElseThrow().ref().version())
                .isEqualTo(document(collection, "a").orElseThrow().ref().version());
        assertThat(document(next, "new")).isPresent();
        assertThat(document(next, "b")).as("not copied yet").isEmpty();
        registry.delete(new DocumentKey(collection, "a"));
        registry.delete(new DocumentKey(collection, "b"));
        assertThat(document(next, "a").orElseThrow().state()).isEqualTo(DocumentState.DELETED);
        copyAll();
        assertThat(document(next, "b").orElseThrow().state())
                .as("copied as deleted, and not brought back")
                .isEqualTo(DocumentState.DELETED);
        assertThat(document(next, "new").orElseThrow().state()).isEqualTo(DocumentState.RECEIVED);
    }

    @Test
    void aWriteThatIsRolledBackLeavesNothingInEitherGeneration() {
        put("a", "Alpha");
        Reindex reindex = begin();
        copyAll();
        assertThatThrownBy(() -> database.transactions().run(connection -> {
                    TwinRows.Pair pair = TwinRows.lock(connection, new DocumentKey(collection, "half"));
                    DocumentRef ref = new DocumentRef(pair.key(), pair.nextVersion());
                    VersionRows.put(
                            connection,
                            ref,
                            false,
                            new Attributes("h.txt", "", "", "", Map.of(), List.of()),
                            new Blob("h", 1));
                    TwinRows.put(
                            connection,
                            pair,
                            DocumentRows.find(connection, ref.key()).orElseThrow());
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        assertThat(document(collection, "half")).isEmpty();
        assertThat(document(reindex.newGeneration(), "half")).isEmpty();
    }

    @Test
    void cancellingAndRetryingConcernBothGenerations() {
        put("a", "Alpha");
        Reindex reindex = begin();
        copyAll();
        registry.cancel(new DocumentKey(collection, "a"));
        assertThat(document(reindex.newGeneration(), "a").orElseThrow().state()).isEqualTo(DocumentState.CANCELLED);
        registry.retry(new DocumentKey(collection, "a"), Instant.now());
        assertThat(document(reindex.newGeneration(), "a").orElseThrow().state()).isEqualTo(DocumentState.RECEIVED);
        assertThat(document(reindex.newGeneration(), "a").orElseThrow().ref().version())
                .isEqualTo(document(collection, "a").orElseThrow().ref().version());
    }

    @Test
    void whatIsDecidedToBeDeletedGoesFromBothWhicheverIsLiveByThen() {
        put("a", "Alpha");
        put("b", "Beta");
        Reindex reindex = begin();
        assertThat(reindexes.copy(current(), 1)).isTrue();
        deletions.decide(collection, new Selection.Everything(), 2);
        copyAll();
        assertThat(reindexes.move(current(), ReindexState.SWITCHING, null, null))
                .isTrue();
        assertThat(reindexes.goLive(current(), reindexes.choice(current()), ReindexState.SWITCHED))
                .isTrue();
        while (deletions.carryOut(10) > 0) {
            assertThat(deletions.pending(collection)).isLessThanOrEqualTo(2);
        }
        for (String id : List.of("a", "b")) {
            assertThat(document(collection, id).orElseThrow().state()).isEqualTo(DocumentState.DELETED);
            assertThat(document(reindex.newGeneration(), id).orElseThrow().state())
                    .isEqualTo(DocumentState.DELETED);
        }
    }

    @Test
    void nobodySeesAGenerationBeforeItIsLiveAndEverybodyAfter() {
        put("a", "Alpha");
        ready(collection, "a");
        Reindex reindex = begin();
        copyAll();
        put("b", "Beta");
        ready(collection, "b");
        assertThat(collections.list())
                .extracting(CollectionOverview::name)
                .contains(collection)
                .doesNotContain(reindex.newGeneration());
        sequence();
        List<StateEvent> before = events.read(collection, 0, 100).events();
        assertThat(before).extracting(StateEvent::state).contains(DocumentState.READY);
        assertThat(events.read(reindex.newGeneration(), 0, 100).events()).isEmpty();
        ready(reindex.newGeneration(), "a");
        sequence();
        assertThat(events.read(collection, 0, 100).events())
                .as("of nobody's concern")
                .hasSameSizeAs(before);

        assertThat(reindexes.move(current(), ReindexState.SWITCHING, null, null))
                .isTrue();
        assertThat(reindexes.goLive(current(), reindexes.choice(current()), ReindexState.SWITCHED))
                .isTrue();
        assertThat(collections.list())
                .extracting(CollectionOverview::name)
                .contains(reindex.newGeneration())
                .doesNotContain(collection);
        assertThat(collections.find(collection).orElseThrow().settings()).isEqualTo(HEADINGS);
        assertThat(registry.find(new DocumentKey(collection, "a"))
                        .orElseThrow()
                        .ref()
                        .key()
                        .collection())
                .isEqualTo(reindex.newGeneration());
        sequence();
        assertThat(after(before))
                .as("b is READY no more; told by the name that callers know")
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.collection()).isEqualTo(collection);
                    assertThat(event.documentId()).isEqualTo("b");
                    assertThat(event.state()).isEqualTo(DocumentState.RECEIVED);
                });
        ready(reindex.newGeneration(), "b");
        sequence();
        assertThat(after(before)).extracting(StateEvent::state).contains(DocumentState.READY);
    }

    private List<StateEvent> after(List<StateEvent> before) {
        return events.read(collection, before.getLast().position(), 100).events();
    }

    private void sequence() {
        while (events.sequence(1000) > 0) {
            assertThat(events.head()).isPositive();
        }
    }

    @Test
    void writesAfterTheSwitchGoToBothSoThatGoingBackLosesNothing() {
        put("a", "Alpha");
        Reindex reindex = switched();
        put("b", "Beta");
        registry.delete(new DocumentKey(collection, "a"));
        assertThat(document(collection, "b")).isPresent();
        assertThat(document(reindex.newGeneration(), "b")).isPresent();
        Reindex back = reindexes.act(collection, ReindexAction.ROLLBACK);
        GenerationChoice choice = reindexes.choice(back);
        assertThat(choice.generation()).isEqualTo(collection);
        assertThat(reindexes.goLive(back, choice, ReindexState.ROLLED_BACK)).isTrue();
        assertThat(reindexes.goLive(back, choice, ReindexState.ROLLED_BACK))
                .as("once")
                .isFalse();
        assertThat(registry.find(new DocumentKey(collection, "b"))
                        .orElseThrow()
                        .ref()
                        .key()
                        .collection())
                .isEqualTo(collection);
        assertThat(registry.find(new DocumentKey(collection, "a")).orElseThrow().state())
                .isEqualTo(DocumentState.DELETED);
        assertThat(collections.find(collection).orElseThrow().settings()).isEqualTo(CollectionSettings.DEFAULT);
        assertThat(reindexes.choices()).contains(choice);
    }

    @Test
    void choicesRiseFromOneStateToTheNext() {
        put("a", "Alpha");
        Reindex reindex = begin();
        copyAll();
        assertThat(reindexes.move(current(), ReindexState.SWITCHING, null, null))
                .isTrue();
        Reindex switching = current();
        GenerationChoice first = reindexes.choice(switching);
        GenerationChoice second = reindexes.choice(switching);
        assertThat(second.revision()).isGreaterThan(first.revision());
        assertThat(first.generation()).isEqualTo(reindex.newGeneration());
        assertThat(reindexes.goLive(switching, second, ReindexState.SWITCHED)).isTrue();
        assertThatThrownBy(() -> reindexes.choice(switching))
                .as("what is late gets no number any more")
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("REINDEX_STATE"));
        assertThat(reindexes.choices())
                .contains(new GenerationChoice(collection, reindex.newGeneration(), second.revision()));
    }

    @Test
    void finishingDeletesTheOldGenerationAndDiscardingTheNewOne() {
        put("a", "Alpha");
        Reindex reindex = switched();
        reindexes.act(collection, ReindexAction.FINISH);
        assertThat(deletions.carryOut(10)).isEqualTo(1);
        assertThat(document(collection, "a").orElseThrow().state()).isEqualTo(DocumentState.DELETED);
        assertThat(registry.find(new DocumentKey(collection, "a")).orElseThrow().state())
                .isEqualTo(DocumentState.RECEIVED);
        put("b", "Beta");
        assertThat(document(collection, "b"))
                .as("only one generation is written")
                .isEmpty();

        Reindex second = begin();
        assertThat(second.newGeneration()).isEqualTo(collection + "~3");
        assertThat(second.oldGeneration()).isEqualTo(reindex.newGeneration());
        copyAll();
        reindexes.act(collection, ReindexAction.DISCARD);
        assertThat(deletions.carryOut(10)).isEqualTo(2);
        assertThat(document(second.newGeneration(), "b").orElseThrow().state()).isEqualTo(DocumentState.DELETED);
        assertThat(registry.find(new DocumentKey(collection, "b")).orElseThrow().state())
                .isEqualTo(DocumentState.RECEIVED);
        assertThat(registry.list(collection, null, 10, null, Visibility.EVERYTHING)
                        .orElseThrow()
                        .documents())
                .hasSize(2);
    }

    @Test
    void aReceiptKnowsEveryGeneration() {
        put("a", "Alpha");
        Reindex reindex = switched();
        assertThat(deletions.copies(new DocumentKey(collection, "a")))
                .containsExactly(new DocumentKey(reindex.newGeneration(), "a"), new DocumentKey(collection, "a"));
    }

    @Test
    void countsWhatIsFoundPendingAndLost() {
        for (String id : List.of("found", "pending", "lost", "never")) {
            put(id, id);
        }
        for (String id : List.of("found", "pending", "lost")) {
            ready(collection, id);
        }
        Reindex reindex = begin();
        assertThat(reindexes.progress(reindex)).isEqualTo(new ReindexProgress(4, 0, 0, 0, 0, List.of()));
        copyAll();
        assertThat(reindexes.isPending(reindex)).isTrue();
        ready(reindex.newGeneration(), "found");
        boolean _ = progress.failed(
                document(reindex.newGeneration(), "lost").orElseThrow().ref(),
                new StageFailure(Stage.PARSE, "NO_TEXT", "no text"));
        assertThat(reindexes.progress(reindex))
                .isEqualTo(new ReindexProgress(4, 4, 1, 1, 1, List.of(new ReindexProgress.Lost("lost", "NO_TEXT"))));
        ready(reindex.newGeneration(), "pending");
        assertThat(reindexes.isPending(reindex))
                .as("what was never found needs nobody to wait for it")
                .isFalse();
    }

    @Test
    void thereIsOneAtATimeAndSettingsStay() {
        assertThatThrownBy(() -> reindexes.name(collection))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("COLLECTION_NOT_FOUND"));
        put("a", "Alpha");
        begin();
        assertThatThrownBy(this::begin)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("REINDEX_ACTIVE"));
        assertThatThrownBy(() -> collections.change(collection, _ -> HEADINGS))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("REINDEX_ACTIVE"));
        assertThatThrownBy(() -> reindexes.act(collection, ReindexAction.ROLLBACK))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo("REINDEX_STATE");
                    assertThat(failure.message())
                            .contains("is BUILDING, rollback is possible if it is one of [SWITCHED]");
                });
    }
}
