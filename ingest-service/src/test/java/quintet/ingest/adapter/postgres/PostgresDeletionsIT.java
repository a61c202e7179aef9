package quintet.ingest.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.Selection;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.port.Deletions;
import quintet.ingest.port.DocumentRegistry;
import quintet.ingest.port.VersionProgress;

class PostgresDeletionsIT {
    private static final Selection ALL = new Selection.Everything();
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
    private final Deletions deletions = new PostgresDeletions(database.transactions());
    private final String collection = "c-" + UUID.randomUUID().toString().substring(0, 8);

    private void put(String id, String title, String source, Map<String, String> metadata) {
        registry.put(
                new DocumentKey(collection, id),
                new Attributes(id + ".txt", title, source, "text/plain", metadata, List.of()),
                new Blob(UUID.randomUUID().toString(), 1));
    }

    private long matching(Set<String> ids, Set<DocumentState> states, Map<String, Set<String>> fields) {
        return deletions
                .size(collection, new Selection.Matching(ids, states, fields), 10)
                .orElseThrow()
                .documents();
    }

    private Document document(String id) {
        return registry.find(new DocumentKey(collection, id)).orElseThrow();
    }

    @Test
    void selectsByEveryConditionTogether() {
        put("a", "Alpha", "wiki", Map.of("year", "2023", "team", "x"));
        put("b", "Beta", "wiki", Map.of("year", "2024"));
        put("c", "", "mail", Map.of("year", "2024"));
        assertThat(deletions.size(collection, ALL, 2).orElseThrow()).satisfies(size -> {
            assertThat(size.documents()).isEqualTo(3);
            assertThat(size.sample()).containsExactly("a", "b");
        });
        assertThat(matching(Set.of("a", "c", "nobody"), Set.of(), Map.of())).isEqualTo(2);
        assertThat(matching(Set.of(), Set.of(DocumentState.RECEIVED), Map.of())).isEqualTo(3);
        assertThat(matching(Set.of(), Set.of(DocumentState.FAILED), Map.of())).isZero();
        assertThat(matching(Set.of(), Set.of(), Map.of("source", Set.of("wiki"))))
                .isEqualTo(2);
        assertThat(matching(Set.of(), Set.of(), Map.of("title", Set.of("Alpha", "Beta"))))
                .isEqualTo(2);
        assertThat(matching(Set.of(), Set.of(), Map.of("year", Set.of("2024")))).isEqualTo(2);
        assertThat(matching(Set.of(), Set.of(), Map.of("year", Set.of("2024"), "source", Set.of("wiki"))))
                .isEqualTo(1);
        assertThat(matching(Set.of("a"), Set.of(), Map.of("year", Set.of("2024"))))
                .isZero();
        assertThat(matching(Set.of(), Set.of(), Map.of("no' or 1=1 --", Set.of("' or 1=1"))))
                .isZero();
        assertThat(deletions.size("no-such-collection", ALL, 1)).isEmpty();
    }

    @Test
    void aSelectionWithoutConditionIsNone() {
        assertThatThrownBy(() -> new Selection.Matching(Set.of(), Set.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Selection.Matching(Set.of(), Set.of(), Map.of("year", Set.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deletesExactlyWhatWasConfirmedOrNothing() {
        put("a", "", "", Map.of());
        put("b", "", "", Map.of());
        assertThatThrownBy(() -> deletions.decide(collection, ALL, 1))
                .satisfies(thrown -> assertThat(Failure.of(thrown).reason()).isEqualTo("COUNT_CHANGED"));
        assertThat(deletions.pending(collection)).isZero();
        deletions.decide(collection, ALL, 2);
        assertThat(deletions.pending(collection)).isEqualTo(2);
        assertThat(deletions.size(collection, ALL, 1).orElseThrow().documents()).isZero();
    }

    /** The process dies after the decision and after one batch: another one goes on. */
    @Test
    void aDecisionIsCarriedOutByWhoeverLivesAndNotOnWhatCameAfterIt() {
        for (int i = 0; i < 5; i++) {
            put("d" + i, "", "", Map.of());
        }
        put("retried", "", "", Map.of());
        progress.failed(document("retried").ref(), new StageFailure(Stage.PARSE, "NO_TEXT", "no text"));
        deletions.decide(collection, ALL, 6);
        assertThat(deletions.carryOut(2)).isEqualTo(2);
        put("d4", "new words", "", Map.of());
        put("fresh", "", "", Map.of());
        assertThatThrownBy(() -> registry.retry(new DocumentKey(collection, "retried"), Instant.now()))
                .satisfies(thrown -> assertThat(Failure.of(thrown).reason()).isEqualTo("NOTHING_TO_RETRY"));
        assertThat(registry.retryFailed(collection, 10, null).count()).isZero();
        Deletions another = new PostgresDeletions(database.transactions());
        while (another.carryOut(2) > 0) {
            continue;
        }
        assertThat(another.pending(collection)).isZero();
        long deleted = registry.list(collection, DocumentState.DELETED, 10, null)
                .orElseThrow()
                .documents()
                .size();
        assertThat(deleted).isEqualTo(5);
        assertThat(document("d4").state()).isEqualTo(DocumentState.RECEIVED);
        assertThat(document("fresh").state()).isEqualTo(DocumentState.RECEIVED);
        assertThat(document("d0").state()).isEqualTo(DocumentState.DELETED);
        assertThat(document("retried").state()).isEqualTo(DocumentState.DELETED);
    }

    @Test
    void theSameAgainOnADoomedDocumentIsANewVersion() {
        Attributes given = new Attributes("a.txt", "", "", "text/plain", Map.of(), List.of());
        Blob blob = new Blob("5".repeat(64), 5);
        DocumentKey key = new DocumentKey(collection, "a");
        registry.put(key, given, blob);
        deletions.decide(collection, ALL, 1);
        assertThat(registry.put(key, given, blob).unchanged()).isFalse();
        while (deletions.carryOut(10) > 0) {
            continue;
        }
        assertThat(document("a").state()).isEqualTo(DocumentState.RECEIVED);
        assertThat(document("a").ref().version()).isEqualTo(2);
    }

    @Test
    void tellsWhatIsLeftOfADocumentAndEveryContentItHad() {
        put("a", "", "", Map.of());
        put("a", "", "", Map.of());
        DocumentKey key = new DocumentKey(collection, "a");
        assertThat(deletions.remains(key).orElseThrow()).satisfies(remains -> {
            assertThat(remains.contents()).hasSize(2);
            assertThat(remains.outboxEntries()).isEqualTo(2);
            assertThat(remains.removedAt()).isNull();
        });
        assertThat(deletions.remains(new DocumentKey(collection, "nobody"))).isEmpty();
    }
}
