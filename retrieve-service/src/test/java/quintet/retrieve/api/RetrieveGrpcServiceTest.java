package quintet.retrieve.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.info;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.retrieve.Samples;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageWriter;
import quintet.retrieve.v1.Collection;
import quintet.retrieve.v1.ComparedHit;
import quintet.retrieve.v1.ExplainedQuery;
import quintet.retrieve.v1.ExplainedStage;
import quintet.retrieve.v1.Explanation;
import quintet.retrieve.v1.Filter;
import quintet.retrieve.v1.FilterGroup;
import quintet.retrieve.v1.GetSearchRequest;
import quintet.retrieve.v1.GetSearchResponse;
import quintet.retrieve.v1.GetVectorsRequest;
import quintet.retrieve.v1.GetVectorsResponse;
import quintet.retrieve.v1.Hit;
import quintet.retrieve.v1.IndexedDocument;
import quintet.retrieve.v1.KeptHit;
import quintet.retrieve.v1.ListCollectionsRequest;
import quintet.retrieve.v1.ListDocumentsRequest;
import quintet.retrieve.v1.MetadataFilter;
import quintet.retrieve.v1.Outcome;
import quintet.retrieve.v1.PassageVector;
import quintet.retrieve.v1.RangeBound;
import quintet.retrieve.v1.RangeFilter;
import quintet.retrieve.v1.ReplaySearchRequest;
import quintet.retrieve.v1.ReplaySearchResponse;
import quintet.retrieve.v1.RetrieveServiceGrpc;
import quintet.retrieve.v1.RetrieveServiceGrpc.RetrieveServiceBlockingStub;
import quintet.retrieve.v1.SearchMode;
import quintet.retrieve.v1.SearchRequest;
import quintet.retrieve.v1.SearchResponse;
import quintet.rpc.RpcErrors;

@QuarkusTest
@QuarkusTestResource(FakeEmbedService.class)
class RetrieveGrpcServiceTest {
    @Inject
    PassageWriter index;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private ManagedChannel channel;
    private RetrieveServiceBlockingStub retrieve;

    @BeforeEach
    void fill() {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        retrieve = RetrieveServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
        VersionRef ref = new VersionRef(new CollectionName("grpc"), "doc", 1);
        index.put(
                ref,
                Samples.parts(
                        ref,
                        info("doc.txt", Map.of("author", "Kim", "year", "2020")),
                        MODEL,
                        8,
                        "red apples",
                        "blue plums"));
    }

    @AfterEach
    void close() {
        FakeEmbedService.hangs = false;
        channel.shutdownNow();
    }

    private static SearchRequest.Builder request(String query) {
        return SearchRequest.newBuilder().setCollection("grpc").setQuery(query);
    }

    private void refuses(SearchRequest.Builder request, Status.Code code, String reason) {
        assertThatThrownBy(() -> retrieve.search(request.build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, status -> {
                    assertThat(status.getStatus().getCode()).isEqualTo(code);
                    Failure failure = RpcErrors.toFailure(status, "NO_REASON");
                    assertThat(failure.reason()).isEqualTo(reason);
                });
    }

    @Test
    void searches() {
        SearchResponse response = retrieve.search(request("plums").build());
        assertThat(response.getHitsList()).extracting(Hit::getText).containsExactly("blue plums", "red apples");
        Hit best = response.getHits(0);
        assertThat(best.getScores().hasDense()
                        && best.getScores().hasLexical()
                        && best.getScores().hasFused())
                .isTrue();
        assertThat(best.getScore()).isEqualTo(best.getScores().getFused());
        assertThat(response.getModel()).isEqualTo("hashed-words");
        assertThat(response.getTimings().getTotalUs()).isPositive();
    }

    @Test
    void explains() {
        assertThat(retrieve.search(request("plums").build()).hasExplanation()).isFalse();
        Explanation explanation =
                retrieve.search(request("plums").setExplain(true).build()).getExplanation();
        assertThat(explanation.getStagesList())
                .extracting(ExplainedStage::getName)
                .contains("dense", "lexical", "fuse");
        assertThat(explanation.getEveryGroup()).isTrue();
        assertThat(explanation.getIndex().getModel()).isEqualTo("hashed-words");
        assertThat(explanation.getIndex().getVersion()).isPositive();
        ExplainedQuery query = explanation.getQueries(0);
        assertThat(query.getDense().getExact()).isTrue();
        assertThat(query.getDense().getCompared()).isEqualTo(2);
        assertThat(query.getLexical().hasExact()).isFalse();
        assertThat(query.getLexical().getWords(0).getPassageCount()).isEqualTo(1);
        assertThat(query.getFusion().getNumbersMap()).containsKey("spread");
        assertThat(explanation.getHits(0).getQueries(0).getPartsMap()).containsKey("meaning");
        assertThat(explanation.getHits(1).getQueries(0).hasLexicalRank()).isFalse();
    }

    @Test
    void showsAndReplaysASearch() {
        SearchResponse response =
                retrieve.search(request("plums").setFilterText("author = Kim").build());
        GetSearchRequest asked = GetSearchRequest.newBuilder()
                .setCollection("grpc")
                .setSearchId(response.getSearchId())
                .build();
        GetSearchResponse then = retrieve.getSearch(asked);
        assertThat(then.getQuery()).isEqualTo("plums");
        assertThat(then.getFilterText()).isEqualTo("author = \"Kim\"");
        assertThat(then.getMode()).isEqualTo(SearchMode.SEARCH_MODE_HYBRID);
        assertThat(then.getHitsList())
                .extracting(KeptHit::getChunkId)
                .containsExactlyElementsOf(
                        response.getHitsList().stream().map(Hit::getChunkId).toList());
        ReplaySearchResponse replay = retrieve.replaySearch(ReplaySearchRequest.newBuilder()
                .setCollection("grpc")
                .setSearchId(response.getSearchId())
                .setExplain(true)
                .build());
        assertThat(replay.getThen()).isEqualTo(then);
        assertThat(replay.getHitsList())
                .hasSize(2)
                .extracting(ComparedHit::getOutcome)
                .containsOnly(Outcome.OUTCOME_SAME);
        assertThat(replay.getNow().hasExplanation()).isTrue();
        assertThat(replay.getNow().getSearchId()).isEmpty();
        assertThatThrownBy(() -> retrieve.getSearch(
                        asked.toBuilder().setSearchId("0".repeat(34)).build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, status -> {
                    assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
                    assertThat(RpcErrors.toFailure(status, "NO_REASON").reason())
                            .isEqualTo("SEARCH_NOT_FOUND");
                });
    }

    @Test
    void filters() {
        MetadataFilter.Builder filter =
                MetadataFilter.newBuilder().setField("author").addValues("Lee");
        assertThat(retrieve.search(request("plums").addFilters(filter).build()).getHitsList())
                .isEmpty();
        assertThat(retrieve.search(request("plums")
                                .addFilters(filter.addValues("Kim"))
                                .setTopK(1)
                                .build())
                        .getHitsList())
                .hasSize(1);
    }

    @Test
    void arrangesTheHits() {
        SearchResponse one = retrieve.search(request("apples plums")
                .setPerDocument(1)
                .setDiversity(0.5f)
                .setExpand(2)
                .build());
        assertThat(one.getHitsCount()).isEqualTo(1);
        assertThat(one.hasScoreCut()).isFalse();
        SearchResponse none = retrieve.search(request("plums").setMinScore(1).build());
        assertThat(none.getHitsCount()).isLessThan(2);
        assertThat(none.getScoreCut().getLeftOut()).isEqualTo(2 - none.getHitsCount());
        assertThat(none.getScoreCut().getNothingRelevant()).isEqualTo(none.getHitsCount() == 0);
        assertThat(retrieve.search(request("\"blue plums\" red").build()).getHitsList())
                .extracting(Hit::getText)
                .containsExactly("blue plums");
        refuses(request("x").setDiversity(-0.5f), Status.Code.INVALID_ARGUMENT, "INVALID_DIVERSITY");
        refuses(request("x").setPerDocument(-1), Status.Code.INVALID_ARGUMENT, "INVALID_PER_DOCUMENT");
        refuses(request("x").setExpand(11), Status.Code.INVALID_ARGUMENT, "INVALID_EXPAND");
        refuses(request("x").setMinScore(Float.NaN), Status.Code.INVALID_ARGUMENT, "INVALID_MIN_SCORE");
    }

    @Test
    void takesAFilterAsAMessageAndAsAText() {
        Filter since = Filter.newBuilder()
                .setRange(RangeFilter.newBuilder()
                        .setField("year")
                        .setGte(RangeBound.newBuilder().setNumber(2020)))
                .build();
        Filter before = Filter.newBuilder().setNot(since).build();
        assertThat(retrieve.search(request("plums").setFilter(since).build()).getHitsCount())
                .isEqualTo(2);
        assertThat(retrieve.search(request("plums").setFilter(before).build()).getHitsCount())
                .isZero();
        assertThat(retrieve.search(request("plums").setFilterText("year < 2021").build())
                        .getHitsCount())
                .isEqualTo(2);
        assertThat(retrieve.search(request("plums")
                                .setFilter(since)
                                .setFilterText("{\"author\": {\"ne\": \"Kim\"}}")
                                .build())
                        .getHitsCount())
                .isZero();
    }

    @Test
    void namesThePlaceOfWhatIsNoFilter() {
        refusesFilter(request("x").setFilter(Filter.getDefaultInstance()), "filter: this filter is of no kind");
        refusesFilter(
                request("x")
                        .setFilter(Filter.newBuilder()
                                .setRange(RangeFilter.newBuilder().setField("a"))),
                "filter.range: a range has no end");
        Filter half = Filter.newBuilder()
                .setRange(RangeFilter.newBuilder()
                        .setField("a")
                        .setLt(RangeBound.newBuilder().setText("soon")))
                .build();
        refusesFilter(
                request("x")
                        .setFilter(Filter.newBuilder()
                                .setAny(FilterGroup.newBuilder()
                                        .addFilters(Filter.newBuilder().setExists("b"))
                                        .addFilters(half))),
                "filter.any[1].range.lt: found \"soon\", must be a number");
        refusesFilter(request("x").setFilterText(""), "filter, column 1: expected a field, found the end");
        refusesFilter(
                request("x").addFilters(MetadataFilter.newBuilder().setField("a")),
                "filters[0]: there are 0 values, must have 1 to 256");
        Filter deep = half;
        for (int i = 0; i < 40; i++) {
            deep = Filter.newBuilder().setNot(deep).build();
        }
        refusesFilter(request("x").setFilter(deep), "there are more than 16 levels");
    }

    private void refusesFilter(SearchRequest.Builder request, String message) {
        refuses(request, Status.Code.INVALID_ARGUMENT, "INVALID_FILTER");
        assertThatThrownBy(() -> retrieve.search(request.build())).hasMessageContaining(message);
    }

    @Test
    void refusesWithReasons() {
        refuses(request(""), Status.Code.INVALID_ARGUMENT, "EMPTY_QUERY");
        refuses(request("x".repeat(8193)), Status.Code.INVALID_ARGUMENT, "QUERY_TOO_LONG");
        refuses(request("x").setTopK(-1), Status.Code.INVALID_ARGUMENT, "INVALID_TOP_K");
        refuses(request("x").setTopK(1001), Status.Code.INVALID_ARGUMENT, "INVALID_TOP_K");
        refuses(request("x").setModeValue(9), Status.Code.INVALID_ARGUMENT, "INVALID_MODE");
        refuses(request("x").setFusionValue(9), Status.Code.INVALID_ARGUMENT, "INVALID_FUSION");
        refuses(
                request("x").addFilters(MetadataFilter.newBuilder().setField("a")),
                Status.Code.INVALID_ARGUMENT,
                "INVALID_FILTER");
        refuses(request("x").setCollection("nowhere"), Status.Code.NOT_FOUND, "COLLECTION_NOT_FOUND");
        refuses(request("x").setCollection("../etc"), Status.Code.NOT_FOUND, "COLLECTION_NOT_FOUND");
    }

    @Test
    void answersBeforeTheDeadlineOfItsCallerWhenTheEmbeddingHangs() {
        FakeEmbedService.hangs = true;
        SearchResponse response = retrieve.withDeadlineAfter(700, TimeUnit.MILLISECONDS)
                .search(request("plums for a hurried caller").build());
        assertThat(response.getDegradedList()).containsExactly("dense");
        assertThat(response.getHitsCount()).isEqualTo(1);
        refuses(request("x").setMode(SearchMode.SEARCH_MODE_DENSE), Status.Code.UNAVAILABLE, "EMBEDDING_UNAVAILABLE");
    }

    @Test
    void listsCollections() {
        List<Collection> collections = retrieve.listCollections(ListCollectionsRequest.getDefaultInstance())
                .getCollectionsList();
        assertThat(collections)
                .contains(Collection.newBuilder()
                        .setName("grpc")
                        .setGeneration("grpc")
                        .setDocumentCount(1)
                        .setPassageCount(2)
                        .setModel(MODEL.name())
                        .setRevision(MODEL.revision())
                        .setDimension(MODEL.dimension())
                        .build());
    }

    @Test
    void listsDocumentsPageByPage() {
        ListDocumentsRequest request =
                ListDocumentsRequest.newBuilder().setCollection("grpc").build();
        IndexedDocument document = retrieve.listDocuments(request).getDocuments(0);
        assertThat(document.getVersion()).isPositive();
        assertThat(document.getDeleted()).isFalse();
        assertThat(document.getPassageCount()).isEqualTo(2);
        assertThat(retrieve.listDocuments(request.toBuilder()
                                .setAfter(document.getDocumentId())
                                .build())
                        .getDocumentsList())
                .isEmpty();
        assertThat(retrieve.listDocuments(
                                request.toBuilder().setCollection("nowhere").build())
                        .getDocumentsList())
                .isEmpty();
        assertThatThrownBy(() -> retrieve.listDocuments(
                        request.toBuilder().setPageSize(1001).build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        thrown -> assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
    }

    @Test
    void handsOutVectorsBitForBitWithTheirKeysAndTheVersion() {
        CollectionName collection = new CollectionName("vectors");
        VersionRef first = new VersionRef(collection, "doc", 1);
        VersionRef second = new VersionRef(collection, "doc", 2);
        VersionRef other = new VersionRef(collection, "other", 1);
        index.put(first, Samples.parts(first, info("doc.txt", Map.of()), MODEL, 8, "red apples", "blue plums"));
        index.put(other, Samples.parts(other, info("other.txt", Map.of()), MODEL, 8, "sour cherries"));
        index.put(second, Samples.parts(second, info("doc.txt", Map.of()), MODEL, 8, "red pears", "blue plums"));

        GetVectorsResponse response = retrieve.getVectors(vectors("doc", "doc#000", "doc#001", "other#000", "doc#002"));

        assertThat(response.getVersion()).isEqualTo(2);
        assertThat(response.getModel()).isEqualTo(MODEL.name());
        assertThat(response.getRevision()).isEqualTo(MODEL.revision());
        assertThat(response.getDimension()).isEqualTo(MODEL.dimension());
        assertThat(response.getVectorsList())
                .extracting(PassageVector::getChunkId)
                .containsExactlyInAnyOrder("doc#000", "doc#001");
        for (PassageVector vector : response.getVectorsList()) {
            String text = vector.getChunkId().equals("doc#000") ? "red pears" : "blue plums";
            float[] values = new float[MODEL.dimension()];
            var _ = vector.getVector()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            assertThat(new UnitVector(values)).isEqualTo(Samples.vector(text));
            assertThat(HexFormat.of().formatHex(vector.getVectorKey().toByteArray()))
                    .isEqualTo(Samples.key(MODEL, text).sha256());
        }
        index.remove(new VersionRef(collection, "doc", 3));
        assertThat(retrieve.getVectors(vectors("doc", "doc#000")).getVersion()).isZero();
        assertThat(retrieve.getVectors(vectors("unknown", "doc#000")).getVersion())
                .isZero();
        assertThat(retrieve.getVectors(vectors("doc", "doc#000").toBuilder()
                        .setCollection("nowhere")
                        .build()))
                .isEqualTo(GetVectorsResponse.getDefaultInstance());
        for (GetVectorsRequest refused : List.of(
                vectors("doc"),
                vectors("doc", "a", "a"),
                vectors(
                        "doc",
                        IntStream.range(0, 257).mapToObj(Integer::toString).toArray(String[]::new)))) {
            assertThatThrownBy(() -> retrieve.getVectors(refused))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            thrown -> assertThat(RpcErrors.toFailure(thrown, "NO_REASON")
                                            .reason())
                                    .isEqualTo("INVALID_CHUNK_IDS"));
        }
    }

    private static GetVectorsRequest vectors(String documentId, String... chunkIds) {
        return GetVectorsRequest.newBuilder()
                .setCollection("vectors")
                .setDocumentId(documentId)
                .addAllChunkIds(List.of(chunkIds))
                .build();
    }
}
