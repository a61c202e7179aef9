package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.anyOf;
import static quintet.retrieve.port.PassageIndexContract.await;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.retrieve.adapter.lucene.LuceneFixture;
import quintet.retrieve.model.AnalysedWord;
import quintet.retrieve.model.Arrangement;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.ListDetail;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.QueryVariant;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.model.SelfQuery;
import quintet.retrieve.model.explanation.ExplainedFusion;
import quintet.retrieve.model.explanation.ExplainedHit;
import quintet.retrieve.model.explanation.ExplainedList;
import quintet.retrieve.model.explanation.ExplainedQuery;
import quintet.retrieve.model.explanation.Explanation;
import quintet.retrieve.model.explanation.LeftOut;
import quintet.retrieve.model.explanation.RewritingStep;
import quintet.retrieve.model.explanation.Stage;

class ExplainedSearchTest {
    private static final Duration BUDGET = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private LuceneFixture lucene;
    private RetrievePipeline pipeline;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(folder);
        pipeline = PipelineFixture.over(
                lucene.index(),
                (query, _) ->
                        Uni.createFrom().item(new quintet.retrieve.model.EmbeddedQuery(vector(query), MODEL, false)));
        Stream.of(
                        whole(
                                ref("a", 1),
                                info("a.txt", Map.of("author", "Kim")),
                                "red apples grow on trees",
                                "green pears",
                                "blue plums and prunes"),
                        whole(
                                ref("b", 1),
                                info("b.txt", Map.of("author", "Lee")),
                                "the trees are old",
                                "apples are red"))
                .forEach(this::put);
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    private void put(DocumentPart part) {
        assertThat(lucene.writer()
                        .put(part.ref(), List.of(part))
                        .covers(part.ref().version()))
                .isTrue();
    }

    private SearchResult search(CollectionAccess access, Query query) {
        return await(pipeline.search(access, query, true, BUDGET));
    }

    private SearchResult search(Query query) {
        return search(CollectionAccess.toAllOf(COLLECTION), query);
    }

    private static Query query(String text, SearchMode mode, Fusion fusion, Arrangement arrangement) {
        return new Query(text, 10, mode, fusion, MetadataFilter.NONE, Rewriting.DEFAULT, arrangement);
    }

    private static Query hybrid(String text) {
        return query(text, SearchMode.HYBRID, Fusion.ADAPTIVE, Arrangement.NONE);
    }

    private static Explanation of(SearchResult result) {
        return result.explanation().orElseThrow();
    }

    @Test
    void saysNothingUnlessAsked() {
        assertThat(await(pipeline.search(CollectionAccess.toAllOf(COLLECTION), hybrid("red apples"), BUDGET))
                        .explanation())
                .isEmpty();
    }

    @Test
    void findsTheSameAsASearchThatDoesNotExplainItself() {
        for (Fusion fusion : Fusion.values()) {
            for (SearchMode mode : SearchMode.values()) {
                Query query = query("red aples", mode, fusion, new Arrangement(0.3, 2, 0, null));
                assertThat(search(query).hits())
                        .isEqualTo(await(pipeline.search(CollectionAccess.toAllOf(COLLECTION), query, BUDGET))
                                .hits());
            }
        }
    }

    @Test
    void namesEachStageInTheOrderOfTheFlow() {
        List<Stage> stages = of(search(hybrid("red apples"))).stages();
        assertThat(stages)
                .extracting(Stage::name)
                .containsExactly("rewrite", "embed", "dense", "lexical", "fuse", "arrange", "load", "total");
        assertThat(stages).allSatisfy(stage -> {
            assertThat(stage.tookUs()).isBetween(0L, stages.getLast().tookUs());
            assertThat(stage.sentence()).endsWith(".");
        });
        assertThat(of(search(query("red apples", SearchMode.LEXICAL, Fusion.RRF, Arrangement.NONE)))
                        .stages())
                .extracting(Stage::name)
                .containsExactly("rewrite", "lexical", "arrange", "load", "total");
    }

    @Test
    void tellsWhereEachHitWasFound() {
        SearchResult result = search(hybrid("red apples"));
        Explanation explanation = of(result);
        ExplainedQuery query = explanation.queries().getFirst();
        assertThat(explanation.hits()).hasSameSizeAs(result.hits());
        for (int i = 0; i < result.hits().size(); i++) {
            Hit hit = result.hits().get(i);
            ExplainedHit explained = explanation.hits().get(i);
            ExplainedHit.In in = explained.queries().getFirst();
            assertThat(explained.chunkId()).isEqualTo(hit.stored().passage().chunkId());
            assertThat(explained.rank()).isEqualTo(i + 1);
            assertThat(in.rank()).isEqualTo(i + 1);
            assertThat(in.dense()).isEqualTo(hit.scores().dense());
            assertThat(in.lexical()).isEqualTo(hit.scores().lexical());
            assertThat(in.fused()).isEqualTo(hit.score());
            assertThat(in.denseRank()).isEqualTo(rank(query.dense(), explained.chunkId()));
            assertThat(in.lexicalRank()).isEqualTo(rank(query.lexical(), explained.chunkId()));
        }
        assertThat(explanation.hits()).anyMatch(hit -> hit.queries().getFirst().lexicalRank() == null);
    }

    private static Integer rank(ExplainedList list, String chunkId) {
        int at =
                list.first().stream().map(ExplainedList.Entry::chunkId).toList().indexOf(chunkId);
        return at < 0 ? null : at + 1;
    }

    @Test
    void tellsHowTheVectorsWereSearchedAndByWhichWords() {
        ExplainedQuery query = of(search(hybrid("red apples"))).queries().getFirst();
        ListDetail dense = query.dense().detail().orElseThrow();
        assertThat(dense.exact()).isTrue();
        assertThat(dense.eligible()).isEqualTo(5);
        assertThat(dense.compared()).isEqualTo(5);
        List<AnalysedWord> words = query.lexical().detail().orElseThrow().words();
        assertThat(words).extracting(AnalysedWord::form).containsExactly("red", "appl");
        assertThat(words).allSatisfy(word -> {
            assertThat(word.passages()).isEqualTo(2);
            assertThat(word.languages()).containsExactly("en");
            assertThat(word.fields()).containsExactly("text");
            assertThat(word.weight()).isCloseTo(Math.log1p(3.5 / 2.5), within(1e-9));
        });
    }

    @Test
    void countsOnlyWhatAFilterLeaves() {
        Explanation explanation = of(search(new Query(
                "red apples", 10, SearchMode.HYBRID, Fusion.ADAPTIVE, anyOf("author", "Lee"), Rewriting.DEFAULT)));
        assertThat(explanation.filter()).isEqualTo("author = \"Lee\"");
        assertThat(explanation
                        .queries()
                        .getFirst()
                        .dense()
                        .detail()
                        .orElseThrow()
                        .eligible())
                .isEqualTo(2);
    }

    @Test
    void tellsNothingOfWhatOthersHave() {
        put(whole(
                ref("secret", 1),
                new DocumentInfo("s.txt", "", "", "text/plain", "en", Map.of(), List.of("board")),
                "red layoffs are planned",
                "red layoffs again"));
        Query query = hybrid("red layoffs");
        Explanation of = of(search(new CollectionAccess(COLLECTION, false, Set.of("hr", "dev")), query));
        assertThat(of.toString()).doesNotContain("secret", "board");
        assertThat(of.everyGroup()).isFalse();
        assertThat(of.groups()).isEqualTo(2);
        ExplainedQuery asked = of.queries().getFirst();
        assertThat(asked.dense().detail().orElseThrow().eligible()).isEqualTo(5);
        assertThat(asked.lexical().detail().orElseThrow().words())
                .extracting(AnalysedWord::form, AnalysedWord::passages)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("red", 2L),
                        org.assertj.core.groups.Tuple.tuple("layoff", 0L));
        assertThat(asked.fusion().numbers()).doesNotContainKey("scoreBound").containsKey("spread");
        assertThat(of(search(query)).queries().getFirst().fusion().numbers()).containsKey("scoreBound");
    }

    @Test
    void thePartsOfEachFusionMakeItsScores() {
        for (Fusion fusion : List.of(Fusion.WEIGHTED, Fusion.RRF)) {
            for (ExplainedHit hit : of(search(query("red apples", SearchMode.HYBRID, fusion, Arrangement.NONE)))
                    .hits()) {
                ExplainedHit.In in = hit.queries().getFirst();
                assertThat(in.parts().get("dense") + in.parts().get("lexical")).isCloseTo(in.fused(), within(1e-9));
            }
        }
        Explanation adaptive = of(search(hybrid("red apples")));
        ExplainedFusion fusion = adaptive.queries().getFirst().fusion();
        double neighbours = fusion.numbers().get("neighbours");
        double unit = fusion.numbers().get("temperature") * fusion.numbers().get("spread");
        double most = 1 + fusion.numbers().get("lexical") * unit;
        for (ExplainedHit hit : adaptive.hits()) {
            Map<String, Double> parts = hit.queries().getFirst().parts();
            assertThat(parts.get("meaning") + parts.get("words")).isCloseTo(parts.get("own"), within(1e-9));
            double logOdds = (1 - neighbours) * parts.get("own") + neighbours * parts.get("neighbours");
            assertThat(Math.clamp((unit * logOdds + 1) / (most + 1), 0, 1)).isCloseTo(hit.score(), within(1e-9));
        }
        assertThat(fusion.sentence()).contains("log-odds by meaning differ by");
    }

    @Test
    void namesWhatARuleLeftOut() {
        Explanation explanation = of(
                search(query("apples trees red", SearchMode.HYBRID, Fusion.ADAPTIVE, new Arrangement(0, 1, 0, null))));
        assertThat(explanation.leftOutCount()).isEqualTo(3);
        assertThat(explanation.leftOut()).hasSize(3).allSatisfy(each -> {
            assertThat(each.rule()).isEqualTo(LeftOut.Rule.PER_DOCUMENT);
            assertThat(each.sentence()).contains("has 1 hits already");
        });
        SearchResult cut =
                search(query("red apples", SearchMode.HYBRID, Fusion.ADAPTIVE, new Arrangement(0, 0, 0, 0.9999)));
        assertThat(of(cut).leftOut())
                .extracting(LeftOut::rule, LeftOut::ranked)
                .containsExactly(java.util.stream.IntStream.rangeClosed(1, 5)
                        .mapToObj(rank -> org.assertj.core.groups.Tuple.tuple(LeftOut.Rule.MIN_SCORE, rank))
                        .toArray(org.assertj.core.groups.Tuple[]::new));
    }

    @Test
    void tellsWhichHitsDiversityMoved() {
        put(whole(ref("copies", 1), "kiwi salad with mint", "kiwi salad with mint", "kiwi juice is sour"));
        Query diverse = new Query(
                "kiwi salad mint",
                2,
                SearchMode.HYBRID,
                Fusion.WEIGHTED,
                MetadataFilter.NONE,
                Rewriting.NONE,
                new Arrangement(0.9, 0, 0, null));
        Explanation explanation = of(search(diverse));
        assertThat(explanation.hits()).extracting(ExplainedHit::rank).containsExactly(1, 2);
        assertThat(explanation.hits().getFirst().ranked()).isEqualTo(1);
        assertThat(explanation.hits().getLast().ranked()).isGreaterThan(2);
        assertThat(explanation.stages()).anyMatch(stage -> stage.sentence().contains("moved 1 of the first 2"));
    }

    @Test
    void tellsWhatEachStepOfRewritingChanged() {
        List<RewritingStep> steps = of(search(hybrid("gren pears"))).rewriting();
        assertThat(steps).extracting(RewritingStep::name).containsExactly("vocabulary");
        RewritingStep step = steps.getFirst();
        assertThat(step.changed()).isTrue();
        assertThat(step.text()).isEqualTo("green pears");
        assertThat(step.sentence()).contains("no passage has “gren”, nearest is “green”");
        assertThat(of(search(hybrid("green pears"))).rewriting()).allMatch(each -> !each.changed());
    }

    @Test
    void tellsThatFiltersWereDropped() {
        Rewriting apply = new Rewriting(List.of(), true, false, false, false, Set.of(), SelfQuery.APPLY);
        Explanation explanation = of(search(new Query(
                "what did Kim say about \"are old\"",
                10,
                SearchMode.LEXICAL,
                Fusion.ADAPTIVE,
                MetadataFilter.NONE,
                apply)));
        assertThat(explanation.rewriting()).extracting(RewritingStep::name).containsExactly("vocabulary", "unrestrict");
        assertThat(explanation.queries()).hasSize(1);
        assertThat(explanation.queries().getFirst().filter()).isEmpty();
        assertThat(explanation.hits()).extracting(ExplainedHit::chunkId).containsExactly("b#000");
    }

    @Test
    void tellsOfEveryQueryThatWasSearchedSideBySide() {
        Rewriting boost = new Rewriting(List.of(), true, false, false, false, Set.of(), SelfQuery.BOOST);
        Explanation explanation = of(search(new Query(
                "what did Kim say about trees", 10, SearchMode.HYBRID, Fusion.RRF, MetadataFilter.NONE, boost)));
        assertThat(explanation.queries())
                .extracting(ExplainedQuery::kind)
                .containsExactly(QueryVariant.Kind.QUERY, QueryVariant.Kind.FILTERED);
        assertThat(explanation.queries().getLast().filter()).isEqualTo("author = \"Kim\"");
        assertThat(explanation.stages()).extracting(Stage::name).contains("join");
        assertThat(explanation.hits())
                .filteredOn(hit -> hit.documentId().equals("a"))
                .allMatch(hit -> hit.queries().size() == 2);
    }
}
