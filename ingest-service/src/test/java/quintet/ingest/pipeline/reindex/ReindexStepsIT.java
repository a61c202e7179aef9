package quintet.ingest.pipeline.reindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.ingest.TestConfigs;
import quintet.ingest.adapter.postgres.Database;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.Question;
import quintet.ingest.model.Reindex;
import quintet.ingest.model.ReindexAction;
import quintet.ingest.model.ReindexOrder;
import quintet.ingest.model.ReindexState;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.model.SwitchRule;

/** The steps over a real database; every one of them is taken by a process that begins anew. */
class ReindexStepsIT {
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

    private final String collection = "st-" + UUID.randomUUID().toString().substring(0, 8);
    private final String next = collection + "~2";
    private final FlakyIndex index = new FlakyIndex();

    private ReindexSteps steps(int compareAttempts) {
        return new ReindexSteps(
                database.reindexes(),
                index,
                new GenerationComparer(database.questions(), index),
                TestConfigs.of(
                        ReindexConfig.class,
                        Map.of(
                                "quintet.ingest.reindex.copy-batch",
                                "1",
                                "quintet.ingest.reindex.compare-attempts",
                                Integer.toString(compareAttempts))));
    }

    private Reindex current() {
        return database.reindexes().newest(collection).orElseThrow();
    }

    private boolean step() {
        return steps(10).advance(current());
    }

    private void put(String id) {
        DocumentRef ref = database.registry()
                .put(
                        new DocumentKey(collection, id),
                        new Attributes(id + ".txt", id, "", "text/plain", Map.of(), List.of()),
                        new Blob("sha-" + id, 1))
                .document()
                .ref();
        boolean _ = database.progress().indexed(ref, 1, Instant.now());
    }

    private void readyInNext(String... ids) {
        for (String id : ids) {
            DocumentRef ref = database.registry()
                    .find(new DocumentKey(next, id))
                    .orElseThrow()
                    .ref();
            boolean _ = database.progress().indexed(ref, 1, Instant.now());
        }
    }

    private void begin(SwitchRule rule) {
        put("a");
        put("b");
        database.reindexes()
                .begin(
                        collection,
                        database.reindexes().name(collection),
                        new ReindexOrder(CollectionSettings.DEFAULT, null, rule));
        index.found.put(collection, List.of("a", "b"));
        index.found.put(next, List.of("b", "a"));
    }

    /** Goes on until the generations are compared. */
    private void compared() {
        while (step()) {
            assertThat(current().state()).isEqualTo(ReindexState.BUILDING);
        }
        assertThat(step()).isFalse();
        assertThat(current().state()).as("waits for what is pending").isEqualTo(ReindexState.BUILDING);
        readyInNext("a", "b");
        assertThat(step()).isTrue();
        assertThat(current().state()).isEqualTo(ReindexState.COMPARING);
    }

    private void ask(Map<String, Integer> relevant) {
        database.questions().replace(collection, List.of(new Question("which?", relevant)));
    }

    private void live(String generation) {
        assertThat(database.registry()
                        .find(new DocumentKey(collection, "a"))
                        .orElseThrow()
                        .ref()
                        .key()
                        .collection())
                .isEqualTo(generation);
        assertThat(index.chosen.get(collection).generation()).isEqualTo(generation);
    }

    @Test
    void goesLiveByItselfIfItHoldsTheBoundAndBackInOneCall() {
        begin(new SwitchRule(SwitchRule.Mode.AUTO, 0.01, 0.9));
        ask(Map.of("a", 1, "b", 1));
        compared();
        assertThat(step()).isTrue();
        assertThat(current().state()).isEqualTo(ReindexState.SWITCHING);
        assertThat(current().comparison()).satisfies(comparison -> {
            assertThat(comparison.questions()).isEqualTo(1);
            assertThat(comparison.ndcgBefore()).isEqualTo(1);
            assertThat(comparison.ndcgAfter()).isEqualTo(1);
            assertThat(comparison.overlap()).isEqualTo(1);
            assertThat(comparison.table()).hasSize(1);
        });
        assertThat(step()).isTrue();
        assertThat(current().state()).isEqualTo(ReindexState.SWITCHED);
        live(next);
        database.reindexes().act(collection, ReindexAction.ROLLBACK);
        assertThat(step()).isTrue();
        assertThat(current().state()).isEqualTo(ReindexState.ROLLED_BACK);
        live(collection);
        database.reindexes().act(collection, ReindexAction.SWITCH);
        assertThat(step()).isTrue();
        live(next);
    }

    @Test
    void isHeldIfItFallsByMoreThanTheBound() {
        begin(SwitchRule.DEFAULT);
        ask(Map.of("a", 1));
        compared();
        assertThat(step()).isTrue();
        assertThat(current().state()).isEqualTo(ReindexState.HELD);
        assertThat(current().notice()).satisfies(notice -> {
            assertThat(notice.reason()).isEqualTo("BOUND_NOT_HELD");
            assertThat(notice.message()).contains("falls from 1.0000 to 0.6309");
        });
        assertThat(index.chosen).isEmpty();
    }

    @Test
    void isHeldWithoutQuestionsAndComparedWhenThereAreSome() {
        begin(SwitchRule.DEFAULT);
        compared();
        assertThat(step()).isTrue();
        assertThat(current().state()).isEqualTo(ReindexState.HELD);
        assertThat(current().notice().reason()).isEqualTo("NO_QUESTIONS");
        ask(Map.of());
        database.reindexes().act(collection, ReindexAction.COMPARE);
        assertThat(step()).isTrue();
        assertThat(current().notice().reason()).isEqualTo("NOTHING_TO_HOLD");
        ask(Map.of("b", 3));
        database.reindexes().act(collection, ReindexAction.COMPARE);
        assertThat(step()).isTrue();
        assertThat(current().state()).isEqualTo(ReindexState.SWITCHING);
        assertThat(current().notice()).isNull();
    }

    @Test
    void failsIfWhatSearchesFindFailsAndGoesOnWhenThatIsMended() {
        begin(SwitchRule.DEFAULT);
        while (step()) {
            assertThat(current().state()).isEqualTo(ReindexState.BUILDING);
        }
        readyInNext("a");
        DocumentRef lost = database.registry()
                .find(new DocumentKey(next, "b"))
                .orElseThrow()
                .ref();
        boolean _ = database.progress().failed(lost, new StageFailure(Stage.PARSE, "PARSE_TIMEOUT", "slow"));
        assertThat(step()).isTrue();
        assertThat(current().state()).isEqualTo(ReindexState.FAILED);
        assertThat(current().notice().message()).contains("1 documents", "b (PARSE_TIMEOUT)", "reindex/retry");
        database.registry().retryFailed(next, 10, null);
        database.reindexes().act(collection, ReindexAction.RETRY);
        assertThat(step()).isFalse();
        readyInNext("b");
        assertThat(step()).isTrue();
        assertThat(current().state()).isEqualTo(ReindexState.COMPARING);
    }

    @Test
    void aComparisonIsTriedAgainAndThenGivenUp() {
        begin(SwitchRule.DEFAULT);
        ask(Map.of("b", 1));
        compared();
        index.down = true;
        for (int attempt = 1; attempt < 3; attempt++) {
            assertThatThrownBy(() -> steps(3).advance(current())).isInstanceOf(Failure.class);
            assertThat(current().attempts()).isEqualTo(attempt);
            assertThat(current().notice().reason()).isEqualTo("INDEX_UNAVAILABLE");
        }
        assertThat(steps(3).advance(current())).isTrue();
        assertThat(current().state()).isEqualTo(ReindexState.HELD);
        assertThat(current().notice().reason()).isEqualTo("COMPARISON_FAILED");
        index.down = false;
        index.degraded.add("dense");
        database.reindexes().act(collection, ReindexAction.COMPARE);
        assertThatThrownBy(() -> steps(2).advance(current()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("EMBEDDING_UNAVAILABLE"));
        assertThat(steps(2).advance(current())).isTrue();
        assertThat(current().notice().reason()).as("words alone decide nothing").isEqualTo("COMPARISON_DEGRADED");
    }

    @Test
    void aSwitchThatIsCutOffIsTakenUpAgainAtWhateverPoint() {
        begin(new SwitchRule(SwitchRule.Mode.ALWAYS, 0, 0));
        compared();
        assertThat(step()).isTrue();
        assertThat(current().state()).isEqualTo(ReindexState.SWITCHING);
        Reindex seen = current();
        index.down = true;
        assertThatThrownBy(this::step).isInstanceOf(Failure.class);
        assertThat(current().state()).isEqualTo(ReindexState.SWITCHING);
        index.down = false;
        // Killed after the index was told and before the registry was.
        index.choose(database.reindexes().choice(seen));
        assertThat(database.registry()
                        .find(new DocumentKey(collection, "a"))
                        .orElseThrow()
                        .ref()
                        .key()
                        .collection())
                .isEqualTo(collection);
        assertThat(step()).isTrue();
        live(next);
        assertThatThrownBy(() -> steps(10).advance(seen))
                .as("a process that is late changes nothing")
                .isInstanceOf(Failure.class);
        database.reindexes().act(collection, ReindexAction.ROLLBACK);
        assertThat(step()).isTrue();
        live(collection);
    }
}
