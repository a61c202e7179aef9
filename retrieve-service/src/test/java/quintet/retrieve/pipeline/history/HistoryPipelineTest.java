package quintet.retrieve.pipeline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.port.PassageIndexContract.await;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.retrieve.Samples;
import quintet.retrieve.adapter.lucene.LuceneFixture;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.Speaker;
import quintet.retrieve.model.Turn;
import quintet.retrieve.model.history.Asker;
import quintet.retrieve.model.history.ComparedHit;
import quintet.retrieve.model.history.ComparedHit.Outcome;
import quintet.retrieve.model.history.KeptSearch;
import quintet.retrieve.model.history.PastSearch;
import quintet.retrieve.model.history.Replay;
import quintet.retrieve.model.history.SearchId;
import quintet.retrieve.pipeline.PipelineFixture;
import quintet.retrieve.port.SearchLog;

class HistoryPipelineTest {
    private static final Duration BUDGET = Duration.ofSeconds(20);
    private static final Asker HR = new Asker(new CollectionAccess(COLLECTION, false, Set.of("hr")), "key of hr");

    @TempDir
    Path folder;

    private final Map<SearchId, KeptSearch> kept = new HashMap<>();
    private boolean full;
    private LuceneFixture lucene;
    private HistoryPipeline pipeline;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(folder);
        SearchLog log = new SearchLog() {
            @Override
            public Optional<SearchId> next() {
                return Optional.of(new SearchId("0000000a-000000000000-%012x".formatted(kept.size())));
            }

            @Override
            public boolean keep(KeptSearch search) {
                if (!full) {
                    kept.put(search.id(), search);
                }
                return !full;
            }

            @Override
            public Uni<Optional<KeptSearch>> find(SearchId id) {
                return Uni.createFrom().item(Optional.ofNullable(kept.get(id)));
            }
        };
        pipeline = new HistoryPipeline(
                PipelineFixture.over(
                        lucene.index(),
                        (query, _) -> Uni.createFrom().item(new EmbeddedQuery(Samples.vector(query), MODEL, false))),
                lucene.index(),
                log);
        put("open", 1, List.of(), "apples for everybody");
        put("pay", 1, List.of("hr"), "apples for people of pay");
        put("plan", 1, List.of("hr"), "apples in the plan");
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    private void put(String id, long version, List<String> groups, String text) {
        DocumentPart part = Samples.whole(
                ref(id, version), new DocumentInfo(id, "", "", "text/plain", "en", Map.of(), groups), text);
        assertThat(lucene.writer().put(part.ref(), List.of(part)).version()).isEqualTo(version);
    }

    private static Query query(String text, int topK) {
        return new Query(text, topK, SearchMode.HYBRID, Fusion.ADAPTIVE, MetadataFilter.NONE, Rewriting.DEFAULT);
    }

    private String search(String text, int topK) {
        return await(pipeline.search(HR, query(text, topK), false, BUDGET))
                .id()
                .orElseThrow()
                .value();
    }

    private Replay replay(String id) {
        return await(pipeline.replay(HR, id, false, BUDGET));
    }

    @Test
    void anUnchangedIndexGivesTheSame() {
        Replay replay = replay(search("apples", 10));
        assertThat(replay.hits()).hasSize(3).extracting(ComparedHit::outcome).containsOnly(Outcome.SAME);
        assertThat(replay.hits()).allSatisfy(hit -> {
            assertThat(hit.scoreNow()).isEqualTo(hit.scoreThen());
            assertThat(hit.rankNow()).isEqualTo(hit.rankThen());
            assertThat(hit.versionNow()).isEqualTo(hit.versionThen()).isEqualTo(1);
        });
        assertThat(replay.rewritingChanges()).isEmpty();
        assertThat(replay.indexChanges()).isEmpty();
        assertThat(replay.sentence())
                .isEqualTo("Hits: 3 at the same rank. The index is the same. The same was searched.");
    }

    @Test
    void tellsWhatCameAndWentAndMoved() {
        String id = search("apples for everybody", 2);
        PastSearch then = await(pipeline.look(HR, id, BUDGET));
        assertThat(then.hits().getFirst().documentId()).isEqualTo("open");
        put("best", 1, List.of(), "apples for everybody everybody");
        put("second", 1, List.of(), "apples for everybody");
        Replay replay = replay(id);
        assertThat(replay.now().hits()).hasSize(2);
        assertThat(replay.hits())
                .filteredOn(hit -> hit.rankNow() == 0)
                .isNotEmpty()
                .allMatch(hit -> hit.outcome() == Outcome.WENT && hit.versionNow() == 1);
        assertThat(replay.hits())
                .filteredOn(hit -> hit.rankThen() == 0)
                .isNotEmpty()
                .allMatch(hit -> hit.outcome() == Outcome.CAME && hit.scoreThen() == null);
        assertThat(replay.indexChanges()).containsExactly("version");
    }

    @Test
    void tellsThatAPassageIsGoneWithItsVersion() {
        String id = search("apples for everybody", 1);
        put("open", 2, List.of(), "nothing of the kind");
        assertThat(replay(id).hits())
                .filteredOn(hit -> hit.rankThen() == 1)
                .extracting(ComparedHit::outcome, ComparedHit::versionThen, ComparedHit::versionNow)
                .containsExactly(tuple(Outcome.REPLACED, 1L, 2L));
    }

    private static Outcome hitOutcome(Replay replay, String documentId) {
        return replay.hits().stream()
                .filter(hit -> hit.documentId().equals(documentId))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    @Test
    void namesNothingThatTheCallerMayNotSeeAnyMore() {
        String id = search("apples", 10);
        put("pay", 2, List.of("board"), "apples for people of pay");
        assertThat(lucene.writer().remove(ref("plan", 2)).deleted()).isTrue();
        PastSearch then = await(pipeline.look(HR, id, BUDGET));
        assertThat(then.hits()).filteredOn(PastSearch.PastHit::visible).hasSize(1);
        assertThat(then.hits())
                .filteredOn(hit -> !hit.visible())
                .hasSize(2)
                .allMatch(hit -> hit.chunkId().isEmpty() && hit.documentId().isEmpty() && hit.version() == 0);
        Replay replay = replay(id);
        assertThat(replay.hits())
                .extracting(ComparedHit::outcome)
                .containsExactlyInAnyOrder(hitOutcome(replay, "open"), Outcome.HIDDEN, Outcome.HIDDEN);
        assertThat(replay.hits().toString()).doesNotContain("pay", "plan");
        assertThat(replay.then().hits().toString()).doesNotContain("pay", "plan");
        assertThat(replay.sentence()).contains("2 no longer visible");
    }

    @Test
    void replaysWithTheRightsOfToday() {
        String id = search("apples", 10);
        Asker demoted = new Asker(new CollectionAccess(COLLECTION, false, Set.of()), HR.key());
        Replay replay = await(pipeline.replay(demoted, id, false, BUDGET));
        assertThat(replay.now().hits())
                .extracting(hit -> hit.stored().documentId())
                .containsExactly("open");
        assertThat(replay.hits().toString()).doesNotContain("pay", "plan");
        Asker promoted = new Asker(CollectionAccess.toAllOf(COLLECTION), HR.key());
        put("board", 1, List.of("board"), "apples of the board");
        assertThat(await(pipeline.replay(promoted, id, false, BUDGET)).hits())
                .anyMatch(hit -> hit.documentId().equals("board"));
    }

    @Test
    void knowsNoSearchOfOthers() {
        String id = search("apples", 10);
        for (Asker other : List.of(
                new Asker(HR.access(), "another key"),
                new Asker(HR.access(), ""),
                new Asker(CollectionAccess.toAllOf(new CollectionName("other")), HR.key()),
                new Asker(CollectionAccess.toAllOf(new CollectionName("acme.test")), HR.key()))) {
            refuses(() -> await(pipeline.look(other, id, BUDGET)));
            refuses(() -> await(pipeline.replay(other, id, false, BUDGET)));
        }
        refuses(() -> await(pipeline.look(HR, "no id", BUDGET)));
        refuses(() -> await(pipeline.look(HR, id.replace('a', 'b'), BUDGET)));
    }

    private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.reason()).isEqualTo("SEARCH_NOT_FOUND");
            assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_FOUND);
        });
    }

    @Test
    void keepsNoTextOfAPassage() {
        String id = search("aples", 10);
        assertThat(kept.get(new SearchId(id)).toString()).doesNotContain("everybody", "people", "apples");
        assertThat(kept.get(new SearchId(id)).hits()).hasSize(3);
    }

    @Test
    void tellsWhatElseIsSearched() {
        String id = search("aples", 10);
        assertThat(replay(id).rewritingChanges()).isEmpty();
        put("typo", 1, List.of(), "aples are no fruit");
        assertThat(replay(id).rewritingChanges()).containsExactly("text", "added-words");
    }

    @Test
    void givesNoIdToWhatIsNotKept() {
        full = true;
        assertThat(await(pipeline.search(HR, query("apples", 10), false, BUDGET))
                        .id())
                .isEmpty();
        full = false;
        List<Turn> history = List.of(
                new Turn(Speaker.USER, "x".repeat(Turn.MAX_LENGTH)),
                new Turn(Speaker.USER, "x".repeat(Turn.MAX_LENGTH)));
        Query long1 = new Query(
                "apples",
                10,
                SearchMode.LEXICAL,
                Fusion.ADAPTIVE,
                MetadataFilter.NONE,
                new Rewriting(history, false, false, false, false, Set.of(), quintet.retrieve.model.SelfQuery.OFF));
        assertThat(await(pipeline.search(HR, long1, false, BUDGET)).id()).isEmpty();
        assertThat(kept).isEmpty();
    }
}
