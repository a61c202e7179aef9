package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.retrieve.adapter.lucene.LuceneFixture;
import quintet.retrieve.model.Arrangement;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.PassageContext;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.ScoreCut;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.pipeline.rewriting.RewriterFixture;
import quintet.retrieve.port.QueryEmbedder;

class RetrievePipelineTest {
    private static final Duration BUDGET = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<String> embedded = new ArrayList<>();
    private QueryEmbedder embedder;
    private LuceneFixture lucene;
    private RetrievePipeline pipeline;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(folder);
        embedder = (query, _) ->
                Uni.createFrom().item(() -> new EmbeddedQuery(vector(query), MODEL, query.length() > 1000));
        SearchConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SearchConfig.class)
                .build()
                .getConfigMapping(SearchConfig.class);
        StageObserver stages = new StageObserver(
                new SimpleMeterRegistry(), OpenTelemetry.noop().getTracer("test"));
        QueryEmbedder recording = (query, budget) -> {
            embedded.add(query);
            return embedder.embed(query, budget);
        };
        pipeline = new RetrievePipeline(
                lucene.index(),
                RewriterFixture.rewriter(RewriterFixture.NO_MODEL),
                new QueryVectors(recording, config),
                stages,
                config);
        Stream.of(
                        whole(ref("a", 1), "red apples grow on trees", "green pears", "blue plums and prunes"),
                        whole(ref("b", 1), "the trees are old", "apples are red"))
                .forEach(part -> assertThat(
                                lucene.writer().put(part.ref(), List.of(part)).version())
                        .isEqualTo(1));
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    private static Query query(String text, int topK, SearchMode mode, Fusion fusion) {
        return new Query(text, topK, mode, fusion, MetadataFilter.NONE, Rewriting.DEFAULT);
    }

    private SearchResult search(String text, SearchMode mode) {
        return await(
                pipeline.search(CollectionAccess.toAllOf(COLLECTION), query(text, 10, mode, Fusion.ADAPTIVE), BUDGET));
    }

    private static String reason(ThrowingCallable call) {
        String[] reason = new String[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(Failure.class, failure -> reason[0] = failure.reason());
        return reason[0];
    }

    @Test
    void everyHybridHitHasItsTrueScoreOnBothLists() {
        SearchResult result = search("red apples", SearchMode.HYBRID);
        SearchResult dense = search("red apples", SearchMode.DENSE);
        SearchResult lexical = search("red apples", SearchMode.LEXICAL);
        assertThat(result.hits()).hasSize(5);
        for (Hit hit : result.hits()) {
            String chunkId = hit.stored().passage().chunkId();
            assertThat(hit.scores().dense()).isCloseTo(score(dense, chunkId), within(1e-5));
            assertThat(hit.scores().lexical()).isCloseTo(score(lexical, chunkId), within(1e-5));
            assertThat(hit.score()).isEqualTo(hit.scores().fused()).isBetween(0.0, 1.0);
        }
        assertThat(result.hits()).extracting(Hit::score).isSortedAccordingTo((x, y) -> Double.compare(y, x));
        assertThat(result.hits().getFirst().stored().passage().text()).isEqualTo("apples are red");
        assertThat(result.model()).contains(MODEL);
        assertThat(result.degraded()).isEmpty();
        assertThat(result.timings().total())
                .isGreaterThanOrEqualTo(result.timings().lexical());
    }

    private static double score(SearchResult result, String chunkId) {
        return result.hits().stream()
                .filter(hit -> hit.stored().passage().chunkId().equals(chunkId))
                .mapToDouble(Hit::score)
                .findFirst()
                .orElse(0);
    }

    @Test
    void theSameSearchGivesTheSameAnswer() {
        for (Fusion fusion : Fusion.values()) {
            List<Hit> first = await(pipeline.search(
                            CollectionAccess.toAllOf(COLLECTION), query("trees", 5, SearchMode.HYBRID, fusion), BUDGET))
                    .hits();
            for (int i = 0; i < 5; i++) {
                assertThat(await(pipeline.search(
                                        CollectionAccess.toAllOf(COLLECTION),
                                        query("trees", 5, SearchMode.HYBRID, fusion),
                                        BUDGET))
                                .hits())
                        .isEqualTo(first);
            }
        }
    }

    @Test
    void givesAtMostTopKHits() {
        assertThat(await(pipeline.search(
                                CollectionAccess.toAllOf(COLLECTION),
                                query("red apples", 2, SearchMode.HYBRID, Fusion.ADAPTIVE),
                                BUDGET))
                        .hits())
                .hasSize(2);
    }

    @Test
    void lexicalSearchNeedsNoVector() {
        assertThat(search("prunes", SearchMode.LEXICAL).hits()).hasSize(1);
        assertThat(embedded).isEmpty();
    }

    @Test
    void hybridSearchGoesOnWithWordsAloneWhenThereIsNoVector() {
        embedder = (_, _) ->
                Uni.createFrom().failure(Failure.unavailable("EMBEDDING_UNAVAILABLE", "embed-service is down", null));
        SearchResult result = search("prunes", SearchMode.HYBRID);
        assertThat(result.degraded()).containsExactly("dense");
        assertThat(result.hits()).hasSize(1);
        assertThat(result.hits().getFirst().scores().fused()).isNull();
        assertThat(result.model()).isEmpty();
        assertThat(reason(() -> search("prunes", SearchMode.DENSE))).isEqualTo("EMBEDDING_UNAVAILABLE");
    }

    @Test
    void neverComparesVectorsOfTwoModels() {
        embedder = (query, _) -> Uni.createFrom()
                .item(new EmbeddedQuery(vector(query), new ModelRef("hashed-words", "otherrevision", 16), false));
        SearchResult result = search("prunes", SearchMode.HYBRID);
        assertThat(result.degraded()).containsExactly("dense");
        assertThat(result.hits()).extracting(hit -> hit.scores().dense()).containsOnlyNulls();
        assertThat(reason(() -> search("prunes", SearchMode.DENSE))).isEqualTo("MODEL_MISMATCH");
    }

    @Test
    void asksForTheVectorOfAQueryOnce() {
        var _ = search("prunes", SearchMode.HYBRID);
        var _ = search("prunes", SearchMode.DENSE);
        assertThat(embedded).containsExactly("prunes");
    }

    @Test
    void saysWhenAQueryWasCutShort() {
        assertThat(search("apple ".repeat(400), SearchMode.HYBRID).degraded()).containsExactly("dense-query-truncated");
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            words.append(" word").append(i);
        }
        assertThat(search(words.toString(), SearchMode.LEXICAL).degraded()).containsExactly("lexical-query-truncated");
    }

    @Test
    void answersWithinItsBudgetEvenWhenTheEmbeddingHangs() {
        List<Duration> budgets = new ArrayList<>();
        embedder = (_, budget) -> {
            budgets.add(budget);
            return Uni.createFrom()
                    .<EmbeddedQuery>nothing()
                    .ifNoItem()
                    .after(budget)
                    .failWith(() -> Failure.unavailable("EMBEDDING_UNAVAILABLE", "too slow", null));
        };
        SearchResult result = await(pipeline.search(
                CollectionAccess.toAllOf(COLLECTION),
                query("prunes", 10, SearchMode.HYBRID, Fusion.ADAPTIVE),
                Duration.ofMillis(600)));
        assertThat(result.degraded()).containsExactly("dense");
        assertThat(budgets).allSatisfy(budget -> assertThat(budget).isLessThan(Duration.ofMillis(600)));
        embedder = (_, _) -> Uni.createFrom().nothing();
        assertThat(reason(() -> await(pipeline.search(
                        CollectionAccess.toAllOf(COLLECTION),
                        query("plums", 10, SearchMode.DENSE, Fusion.ADAPTIVE),
                        Duration.ofMillis(50)))))
                .isEqualTo("DEADLINE_EXCEEDED");
    }

    @Test
    void whatABetterHitShowsAlreadyLeavesRoomForMore() {
        // Two parents; each child lies within its own.
        DocumentPart children = withContexts(
                whole(ref("c", 1), "zebra one", "zebra two", "zebra three", "zebra four"),
                List.of(0, 0, 2000, 2000),
                List.of(1999, 1999, 3999, 3999));
        assertThat(lucene.writer().put(children.ref(), List.of(children)).version())
                .isEqualTo(1);
        List<Hit> hits = await(pipeline.search(
                        CollectionAccess.toAllOf(COLLECTION),
                        query("zebra", 2, SearchMode.LEXICAL, Fusion.ADAPTIVE),
                        BUDGET))
                .hits();
        assertThat(hits)
                .extracting(hit -> hit.stored().passage().shown().start())
                .containsExactly(0, 2000);
        assertThat(hits.getFirst().stored().passage().text()).isEqualTo("zebra one");
        assertThat(hits.getFirst().stored().passage().shown().text()).hasSize(1999);
        assertThat(search("zebra", SearchMode.LEXICAL).hits()).hasSize(2);
    }

    private static DocumentPart withContexts(DocumentPart part, List<Integer> starts, List<Integer> ends) {
        List<EmbeddedPassage> passages = new ArrayList<>();
        for (int i = 0; i < part.passages().size(); i++) {
            Passage p = part.passages().get(i).passage();
            int start = starts.get(i);
            int end = ends.get(i);
            PassageContext context = new PassageContext("z".repeat(end - start), start, end, 0, 0);
            passages.add(new EmbeddedPassage(
                    new Passage(p.chunkId(), p.ordinal(), p.text(), p.start(), p.end(), 0, 0, List.of(), 1, context),
                    part.passages().get(i).vector()));
        }
        return new DocumentPart(
                part.ref(), part.part(), part.partCount(), part.chunkCount(), part.info(), part.model(), passages);
    }

    private List<Hit> arranged(String text, int topK, SearchMode mode, Arrangement arrangement) {
        return result(text, topK, mode, arrangement).hits();
    }

    private SearchResult result(String text, int topK, SearchMode mode, Arrangement arrangement) {
        return await(pipeline.search(
                CollectionAccess.toAllOf(COLLECTION),
                new Query(text, topK, mode, Fusion.WEIGHTED, MetadataFilter.NONE, Rewriting.NONE, arrangement),
                BUDGET));
    }

    @Test
    void aPhraseInQuotesIsAskedOfBothLists() {
        for (SearchMode mode : SearchMode.values()) {
            assertThat(search("\"red apples\" trees", mode).hits())
                    .extracting(hit -> hit.stored().passage().chunkId())
                    .containsExactly("a#000");
            assertThat(search("\"green apples\" trees", mode).hits()).isEmpty();
            assertThat(search("\"red apples trees", mode).hits()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void givesAtMostSoManyHitsOfADocument() {
        for (SearchMode mode : SearchMode.values()) {
            List<Hit> hits = arranged("apples trees red", 10, mode, new Arrangement(0, 1, 0, null));
            assertThat(hits).extracting(hit -> hit.stored().documentId()).containsExactlyInAnyOrder("a", "b");
            assertThat(hits.getFirst().stored())
                    .isEqualTo(
                            search("apples trees red", mode).hits().getFirst().stored());
        }
    }

    @Test
    void looksFurtherForOtherDocuments() {
        String[] many = new String[120];
        for (int i = 0; i < many.length; i++) {
            many[i] = "kiwi kiwi kiwi number" + i;
        }
        var crowd = whole(ref("crowd", 1), many);
        var rare = whole(ref("rare", 1), "a long text about fruit in general that mentions the kiwi once and goes on");
        for (DocumentPart part : List.of(crowd, rare)) {
            assertThat(lucene.writer().put(part.ref(), List.of(part)).version()).isEqualTo(1);
        }
        assertThat(arranged("kiwi", 10, SearchMode.LEXICAL, new Arrangement(0, 1, 0, null)))
                .extracting(hit -> hit.stored().documentId())
                .containsExactly("crowd", "rare");
    }

    @Test
    void diverseHitsAreUnlikeEachOther() {
        var copies = whole(ref("copies", 1), "kiwi salad with mint", "kiwi salad with mint", "kiwi juice is sour");
        assertThat(lucene.writer().put(copies.ref(), List.of(copies)).version()).isEqualTo(1);
        for (SearchMode mode : SearchMode.values()) {
            assertThat(arranged("kiwi salad mint", 2, mode, Arrangement.NONE))
                    .extracting(hit -> hit.stored().passage().text())
                    .containsOnly("kiwi salad with mint");
            List<Hit> diverse = arranged("kiwi salad mint", 2, mode, new Arrangement(0.9, 0, 0, null));
            assertThat(diverse).extracting(hit -> hit.stored().passage().text()).doesNotHaveDuplicates();
            assertThat(diverse.getFirst().stored().passage().text()).isEqualTo("kiwi salad with mint");
        }
    }

    @Test
    void leavesOutWhatIsBelowTheSmallestScore() {
        SearchResult all = search("red apples", SearchMode.HYBRID);
        List<Double> cosines =
                all.hits().stream().map(hit -> hit.scores().dense()).sorted().toList();
        double least = (cosines.get(1) + cosines.get(2)) / 2;
        SearchResult result = result("red apples", 10, SearchMode.HYBRID, new Arrangement(0, 0, 0, least));
        assertThat(result.hits()).hasSize(3).allMatch(hit -> hit.scores().dense() >= least);
        assertThat(result.cut()).contains(new ScoreCut(2, false));
        assertThat(all.cut()).isEmpty();
    }

    @Test
    void canSayThatNothingIsRelevant() {
        for (SearchMode mode : List.of(SearchMode.HYBRID, SearchMode.DENSE)) {
            SearchResult result = result("red apples", 10, mode, new Arrangement(0, 0, 0, 0.9999));
            assertThat(result.hits()).isEmpty();
            assertThat(result.cut()).contains(new ScoreCut(5, true));
        }
        SearchResult lexical = result("red apples", 10, SearchMode.LEXICAL, new Arrangement(0, 0, 0, 1000.0));
        assertThat(lexical.cut()).contains(new ScoreCut(2, true));
        assertThat(result("nothing of these", 10, SearchMode.LEXICAL, new Arrangement(0, 0, 0, 0.0))
                        .cut())
                .contains(new ScoreCut(0, true));
    }

    @Test
    void saysWhenThereIsNoScoreToCompareWith() {
        embedder = (_, _) ->
                Uni.createFrom().failure(Failure.unavailable("EMBEDDING_UNAVAILABLE", "embed-service is down", null));
        SearchResult result = result("prunes", 10, SearchMode.HYBRID, new Arrangement(0, 0, 0, 0.99));
        assertThat(result.hits()).hasSize(1);
        assertThat(result.degraded()).containsExactly("dense", "min-score");
        assertThat(result.cut()).isEmpty();
    }

    @Test
    void showsTheNeighboursOfAHit() {
        DocumentPart adjacent = adjacent(whole(ref("n", 1), "zero", "one", "kiwi two", "three", "four", "kiwi five"));
        assertThat(lucene.writer().put(adjacent.ref(), List.of(adjacent)).version())
                .isEqualTo(1);
        List<Hit> hits = arranged("kiwi", 10, SearchMode.LEXICAL, new Arrangement(0, 0, 1, null));
        assertThat(hits)
                .extracting(hit -> hit.stored().passage().shown().text())
                .containsExactlyInAnyOrder("one kiwi two three", "four kiwi five");
        assertThat(hits)
                .extracting(hit -> hit.stored().passage().text())
                .containsExactlyInAnyOrder("kiwi two", "kiwi five");
        // What a wider hit shows already is not shown again.
        assertThat(arranged("kiwi", 10, SearchMode.LEXICAL, new Arrangement(0, 0, 5, null)))
                .extracting(hit -> hit.stored().passage().shown().text())
                .containsExactly("zero one kiwi two three four kiwi five");
    }

    /** The passages one behind the other, with a space between. */
    private static DocumentPart adjacent(DocumentPart part) {
        List<EmbeddedPassage> passages = new ArrayList<>();
        int start = 0;
        for (EmbeddedPassage each : part.passages()) {
            Passage p = each.passage();
            int end = start + p.text().length();
            passages.add(new EmbeddedPassage(
                    new Passage(p.chunkId(), p.ordinal(), p.text(), start, end, 0, 0, List.of(), 1, null),
                    each.vector()));
            start = end + 1;
        }
        return new DocumentPart(
                part.ref(), part.part(), part.partCount(), part.chunkCount(), part.info(), part.model(), passages);
    }

    @Test
    void anEmptyCollectionHasNoHits() {
        assertThat(lucene.writer().remove(ref("a", 2)).deleted()).isTrue();
        assertThat(lucene.writer().remove(ref("b", 2)).deleted()).isTrue();
        for (SearchMode mode : SearchMode.values()) {
            assertThat(search("apples", mode).hits()).isEmpty();
        }
    }
}
