package quintet.retrieve.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.retrieve.Samples;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageWriter;
import quintet.retrieve.v1.ChooseGenerationRequest;
import quintet.retrieve.v1.Collection;
import quintet.retrieve.v1.FindDocumentsRequest;
import quintet.retrieve.v1.GenerationServiceGrpc;
import quintet.retrieve.v1.GenerationServiceGrpc.GenerationServiceBlockingStub;
import quintet.retrieve.v1.GetDocumentStatusRequest;
import quintet.retrieve.v1.GetSearchRequest;
import quintet.retrieve.v1.GetVectorsRequest;
import quintet.retrieve.v1.Hit;
import quintet.retrieve.v1.ListCollectionsRequest;
import quintet.retrieve.v1.ListDocumentsRequest;
import quintet.retrieve.v1.ReplaySearchRequest;
import quintet.retrieve.v1.RetrieveServiceGrpc;
import quintet.retrieve.v1.RetrieveServiceGrpc.RetrieveServiceBlockingStub;
import quintet.retrieve.v1.SearchRequest;
import quintet.rpc.RpcErrors;

/** The service as it is with keys: who sees what, over HTTP and gRPC. */
@QuarkusTest
@QuarkusTestResource(FakeEmbedService.class)
@QuarkusTestResource(value = KeyFiles.class, restrictToAnnotatedClass = true)
class TenancyTest {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Inject
    PassageWriter index;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private ManagedChannel channel;

    @BeforeEach
    void fill() {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        put("acme.book", "open", List.of());
        put("acme.book", "pay", List.of("hr"));
        put("acme.book", "code", List.of("dev"));
        put("globex.book", "plan", List.of());
        put("book", "old", List.of());
    }

    private void put(String collection, String id, List<String> groups) {
        VersionRef ref = new VersionRef(new CollectionName(collection), id, 1);
        DocumentPart part = Samples.whole(
                ref,
                new DocumentInfo(id, "", "", "text/plain", "en", Map.of(), groups),
                "apples of " + collection + " " + id);
        assertThat(index.put(ref, List.of(part)).version()).isEqualTo(1);
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        KeyFiles.write(KeyFiles.LINES);
    }

    private static ValidatableResponse search(String key, String collection) {
        return given().contentType("application/json")
                .header("Authorization", "Bearer " + key)
                .body(Map.of("query", "apples"))
                .post("/v1/collections/%s/search".formatted(collection))
                .then();
    }

    private RetrieveServiceBlockingStub stub(String key) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + key);
        return RetrieveServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private GenerationServiceBlockingStub generations(String key) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + key);
        return GenerationServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private static String reason(ThrowingCallable call) {
        String[] reason = new String[1];
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        status -> reason[0] =
                                RpcErrors.toFailure(status, "NO_REASON").reason());
        return reason[0];
    }

    @ParameterizedTest
    @CsvSource({"acme, open", "acme-hr, open pay", "acme-all, code open pay", "globex-all, plan", "default-all, old"})
    void showsEachCallerTheirOwnOverHttpAndGrpc(String key, String documents) {
        List<String> ids = List.of(documents.split(" "));
        List<String> found = search(key, "book").statusCode(200).extract().path("hits.documentId");
        assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(stub(key)
                        .search(SearchRequest.newBuilder()
                                .setCollection("book")
                                .setQuery("apples")
                                .build())
                        .getHitsList())
                .extracting(Hit::getDocumentId)
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void showsAndReplaysASearchToWhoAskedAlone() {
        String id = search("acme-hr", "book").statusCode(200).extract().path("searchId");
        String path = "/v1/collections/book/searches/" + id;
        get("acme-hr", path)
                .statusCode(200)
                .body("query", equalTo("apples"))
                .body("hits.documentId.sort()", equalTo(List.of("open", "pay")));
        replay("acme-hr", path).statusCode(200).body("hits.outcome", equalTo(List.of("same", "same")));
        for (String other : List.of("acme", "acme-all", "globex-all", "default-all")) {
            get(other, path).statusCode(404).body("reason", equalTo("SEARCH_NOT_FOUND"));
            replay(other, path).statusCode(404).body("reason", equalTo("SEARCH_NOT_FOUND"));
            assertThat(reason(() -> stub(other)
                            .getSearch(GetSearchRequest.newBuilder()
                                    .setCollection("book")
                                    .setSearchId(id)
                                    .build())))
                    .isEqualTo("SEARCH_NOT_FOUND");
            assertThat(reason(() -> stub(other)
                            .replaySearch(ReplaySearchRequest.newBuilder()
                                    .setCollection("book")
                                    .setSearchId(id)
                                    .build())))
                    .isEqualTo("SEARCH_NOT_FOUND");
        }
        given().get(path).then().statusCode(401);
        get(KeyFiles.SERVICE_KEY, path).statusCode(403).body("reason", equalTo("TENANT_REQUIRED"));
        // Whoever loses a group no longer sees what was found with it.
        List<String> lines = new ArrayList<>(KeyFiles.LINES);
        lines.set(2, KeyFiles.line("acme-hr", "acme legal"));
        KeyFiles.write(lines);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> search("acme-hr", "book")
                                .extract()
                                .<List<String>>path("hits.documentId")
                                .size()
                        == 1);
        replay("acme-hr", path)
                .statusCode(200)
                .body("hits.size()", equalTo(2))
                .body("hits.outcome", org.hamcrest.Matchers.hasItem("hidden"))
                .body("hits.documentId.findAll { it != null }", equalTo(List.of("open")));
        get("acme-hr", path).statusCode(200).body("hits.findAll { !it.visible }.size()", equalTo(1));
    }

    private static ValidatableResponse get(String key, String path) {
        return given().header("Authorization", "Bearer " + key).get(path).then();
    }

    private static ValidatableResponse replay(String key, String path) {
        return given().header("Authorization", "Bearer " + key)
                .post(path + "/replay")
                .then();
    }

    @Test
    void explainsWithoutNamingGroups() {
        given().contentType("application/json")
                .header("Authorization", "Bearer acme-hr")
                .body(Map.of("query", "apples"))
                .post("/v1/collections/book/search?explain=true")
                .then()
                .statusCode(200)
                .body("explanation.access.everyGroup", equalTo(false))
                .body("explanation.access.ownGroups", equalTo(2))
                .body("explanation.queries[0].dense.eligible", equalTo(2))
                .body("explanation.queries[0].lexical.words[0].passages", equalTo(2))
                .body("explanation.toString()", org.hamcrest.Matchers.not(org.hamcrest.Matchers.containsString("dev")));
    }

    @Test
    void keepsManyCallersOnOneConnectionApart() throws Exception {
        List<String> keys = List.of("acme", "acme-hr", "acme-all", "globex-all", "default-all");
        List<Integer> counts = List.of(1, 2, 3, 1, 1);
        List<com.google.common.util.concurrent.ListenableFuture<quintet.retrieve.v1.SearchResponse>> answers =
                new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Metadata headers = new Metadata();
            headers.put(AUTHORIZATION, "Bearer " + keys.get(i % keys.size()));
            answers.add(RetrieveServiceGrpc.newFutureStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .search(SearchRequest.newBuilder()
                            .setCollection("book")
                            .setQuery("apples")
                            .build()));
            if (i % 50 == 49) {
                // No more at once than the service takes.
                answers.getLast().get();
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get().getHitsCount()).isEqualTo(counts.get(i % counts.size()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"globex.book", "acme.book", "default.book", "..", "%2e%2e%2facme.book"})
    void knowsNoCollectionByTheNameItIsStoredUnder(String name) {
        given().contentType("application/json")
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer acme-all")
                .body(Map.of("query", "apples"))
                .post("/v1/collections/%s/search".formatted(name))
                .then()
                .statusCode(404);
    }

    @Test
    void asksForAKeyOnEveryPath() {
        given().contentType("application/json")
                .body(Map.of("query", "apples"))
                .post("/v1/collections/book/search")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("reason", equalTo("KEY_REQUIRED"));
        search("somebody", "book").statusCode(401).body("reason", equalTo("KEY_UNKNOWN"));
        given().get("/v1/collections/book/index").then().statusCode(401);
        given().get("/v1/no/such/path").then().statusCode(401);
        given().header("Authorization", "Basic YWNtZTo=")
                .get("/v1/collections/book/index")
                .then()
                .statusCode(401);
        search(KeyFiles.SERVICE_KEY, "book").statusCode(403).body("reason", equalTo("TENANT_REQUIRED"));
        assertThat(reason(() -> RetrieveServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(20, TimeUnit.SECONDS)
                        .search(SearchRequest.getDefaultInstance())))
                .isEqualTo("KEY_REQUIRED");
        assertThat(reason(() -> stub("somebody").search(SearchRequest.getDefaultInstance())))
                .isEqualTo("KEY_UNKNOWN");
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void tellsServicesFromCallers() {
        GetDocumentStatusRequest status = GetDocumentStatusRequest.newBuilder()
                .setCollection("acme.book")
                .setDocumentId("pay")
                .build();
        assertThat(stub(KeyFiles.SERVICE_KEY).getDocumentStatus(status).getPassageCount())
                .isEqualTo(1);
        assertThat(reason(() -> stub("acme-all").getDocumentStatus(status))).isEqualTo("SERVICE_REQUIRED");
        assertThat(reason(() -> stub("default-all").listDocuments(ListDocumentsRequest.getDefaultInstance())))
                .isEqualTo("SERVICE_REQUIRED");
        assertThat(reason(() -> stub("acme-all")
                        .getVectors(GetVectorsRequest.newBuilder()
                                .setCollection("acme.grpc")
                                .setDocumentId("a")
                                .addChunkIds("a#000")
                                .build())))
                .isEqualTo("SERVICE_REQUIRED");
        for (String key : List.of("acme-all", "default-all")) {
            assertThat(reason(() -> generations(key)
                            .findDocuments(FindDocumentsRequest.newBuilder()
                                    .setGeneration("acme.book")
                                    .setQuery("apples")
                                    .setTopK(1)
                                    .build())))
                    .isEqualTo("SERVICE_REQUIRED");
            assertThat(reason(() -> generations(key)
                            .chooseGeneration(ChooseGenerationRequest.newBuilder()
                                    .setCollection("acme.book")
                                    .setGeneration("acme.book~2")
                                    .setRevision(1)
                                    .build())))
                    .isEqualTo("SERVICE_REQUIRED");
        }
        assertThat(generations(KeyFiles.SERVICE_KEY)
                        .findDocuments(FindDocumentsRequest.newBuilder()
                                .setGeneration("acme.book")
                                .setQuery("apples")
                                .setTopK(10)
                                .build())
                        .getDocumentIdsList())
                .hasSize(3);
        assertThat(reason(() -> stub(KeyFiles.SERVICE_KEY)
                        .search(SearchRequest.newBuilder()
                                .setCollection("book")
                                .setQuery("apples")
                                .build())))
                .isEqualTo("TENANT_REQUIRED");
        assertThat(stub(KeyFiles.SERVICE_KEY)
                        .listCollections(ListCollectionsRequest.getDefaultInstance())
                        .getCollectionsList())
                .extracting(Collection::getName)
                .contains("acme.book", "globex.book", "book");
    }

    @Test
    void listsACallersCollectionsByTheirNames() {
        put("globex.plans", "plan", List.of());
        assertThat(stub("globex-all")
                        .listCollections(ListCollectionsRequest.getDefaultInstance())
                        .getCollectionsList())
                .extracting(Collection::getName)
                .containsExactly("book", "plans");
        assertThat(stub("acme")
                        .listCollections(ListCollectionsRequest.getDefaultInstance())
                        .getCollectionsList())
                .extracting(Collection::getName)
                .containsExactly("book");
    }

    @Test
    void letsOnlyWhoSeesAllOfACollectionChangeItsIndex() {
        given().header("Authorization", "Bearer acme-hr")
                .get("/v1/collections/book/index")
                .then()
                .statusCode(200);
        given().contentType("application/json")
                .header("Authorization", "Bearer acme-hr")
                .body(Map.of("kind", "exact"))
                .put("/v1/collections/book/index")
                .then()
                .statusCode(403)
                .body("reason", equalTo("EVERY_GROUP_REQUIRED"));
        given().contentType("application/json")
                .header("Authorization", "Bearer globex-all")
                .body(Map.of("kind", "exact"))
                .put("/v1/collections/book/index")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer acme")
                .get("/v1/collections/book/index")
                .then()
                .statusCode(200)
                .body("kind", equalTo("hnsw"));
    }

    @Test
    void embedsQueriesByTheServicesOwnKey() {
        FakeEmbedService.KEYS.clear();
        given().contentType("application/json")
                .header("Authorization", "Bearer acme-all")
                .body(Map.of("query", "apples that nobody asked for before"))
                .post("/v1/collections/book/search")
                .then()
                .statusCode(200)
                .body("degraded", equalTo(List.of()));
        assertThat(FakeEmbedService.KEYS).containsExactly("Bearer " + KeyFiles.SERVICE_KEY);
    }

    @Test
    void followsItsFileOfKeys() {
        List<String> lines = new ArrayList<>(KeyFiles.LINES);
        lines.add(KeyFiles.line("newcomer", "acme"));
        KeyFiles.write(lines);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> status("newcomer") == 200);
        KeyFiles.write(List.of("this is no key"));
        // What can not be read changes nothing; what can be takes back what was given.
        assertThat(status("newcomer")).isEqualTo(200);
        KeyFiles.write(KeyFiles.LINES);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> status("newcomer") == 401);
        assertThat(status("acme")).isEqualTo(200);
    }

    private static int status(String key) {
        return search(key, "book").extract().statusCode();
    }
}
