package quintet.retrieve.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.info;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.retrieve.Samples;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageWriter;
import quintet.retrieve.v1.ChooseGenerationRequest;
import quintet.retrieve.v1.ChooseIndexRequest;
import quintet.retrieve.v1.Collection;
import quintet.retrieve.v1.FindDocumentsRequest;
import quintet.retrieve.v1.GenerationServiceGrpc;
import quintet.retrieve.v1.GenerationServiceGrpc.GenerationServiceBlockingStub;
import quintet.retrieve.v1.ListCollectionsRequest;
import quintet.retrieve.v1.RetrieveServiceGrpc;
import quintet.rpc.RpcErrors;

/** Generations over gRPC, and what they mean for searches over HTTP. */
@QuarkusTest
@QuarkusTestResource(FakeEmbedService.class)
class GenerationGrpcServiceTest {
    @Inject
    PassageWriter index;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private ManagedChannel channel;
    private GenerationServiceBlockingStub generations;

    @BeforeEach
    void open() {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        generations = GenerationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    private void put(String collection, String id, String text) {
        VersionRef ref = new VersionRef(new CollectionName(collection), id, 1);
        var _ = index.put(ref, Samples.parts(ref, info(id + ".txt", Map.of()), MODEL, 8, text));
    }

    private void choose(String collection, String generation, long revision) {
        var _ = generations.chooseGeneration(ChooseGenerationRequest.newBuilder()
                .setCollection(collection)
                .setGeneration(generation)
                .setRevision(revision)
                .build());
    }

    private static void found(String collection, String text) {
        given().contentType("application/json")
                .body(Map.of("query", "apples"))
                .post("/v1/collections/%s/search".formatted(collection))
                .then()
                .statusCode(200)
                .body("hits[0].text", equalTo(text));
    }

    @Test
    void searchesGoToTheGenerationThatWasChosenLast() {
        put("orchard", "a", "red apples");
        put("orchard~2", "a", "green apples");
        found("orchard", "red apples");
        choose("orchard", "orchard~2", 5);
        found("orchard", "green apples");
        choose("orchard", "orchard", 4);
        found("orchard", "green apples");
        given().get("/v1/collections/orchard/index").then().statusCode(200);
        assertThat(RetrieveServiceGrpc.newBlockingStub(channel)
                        .listCollections(ListCollectionsRequest.getDefaultInstance())
                        .getCollectionsList())
                .extracting(Collection::getName)
                .filteredOn(name -> name.startsWith("orchard"))
                .as("each once, and none that is built")
                .containsExactly("orchard");
        choose("orchard", "orchard", 6);
        found("orchard", "red apples");
    }

    @Test
    void noCallerSearchesAGenerationByItsName() {
        put("hidden~2", "a", "green apples");
        given().contentType("application/json")
                .body(Map.of("query", "apples"))
                .post("/v1/collections/hidden~2/search")
                .then()
                .statusCode(404)
                .body("reason", equalTo("COLLECTION_NOT_FOUND"));
    }

    @Test
    void findsDocumentsInAGenerationEachOnce() {
        put("found~2", "a", "green apples");
        put("found~2", "b", "blue plums");
        assertThat(generations
                        .findDocuments(FindDocumentsRequest.newBuilder()
                                .setGeneration("found~2")
                                .setQuery("plums")
                                .setTopK(10)
                                .build())
                        .getDocumentIdsList())
                .containsExactly("b", "a");
    }

    @Test
    void aKindIsChosenBeforeTheFirstDocument() {
        ChooseIndexRequest request = ChooseIndexRequest.newBuilder()
                .setGeneration("kind~2")
                .setKind("hnsw")
                .putParameters("m", 8)
                .build();
        assertThat(generations.chooseIndex(request).getKind()).contains("m=8");
        assertThat(generations.chooseIndex(request).getKind()).contains("m=8");
        put("kind~2", "a", "green apples");
        choose("kind", "kind~2", 1);
        given().get("/v1/collections/kind/index")
                .then()
                .body("parameters.m", equalTo(8))
                .body("passages", equalTo(1));
    }

    @Test
    void refusesWhatIsNoGenerationOfTheCollection() {
        refused(() -> choose("one", "other~2", 1), "INVALID_GENERATION");
        refused(() -> choose("one", "one~2", 0), "INVALID_GENERATION");
        refused(() -> choose("one", "one~0", 1), "COLLECTION_NOT_FOUND");
        ChooseIndexRequest unknown = ChooseIndexRequest.newBuilder()
                .setGeneration("one~2")
                .setKind("ivf")
                .build();
        refused(() -> generations.chooseIndex(unknown), "INVALID_INDEX");
    }

    private static void refused(Runnable call, String reason) {
        assertThatThrownBy(call::run)
                .satisfies(thrown -> assertThat(RpcErrors.toFailure((RuntimeException) thrown, "NO_REASON")
                                .reason())
                        .isEqualTo(reason));
    }
}
