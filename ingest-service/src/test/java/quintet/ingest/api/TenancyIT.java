package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static quintet.ingest.Eventually.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.embed.v1.ChunksEmbedded;
import quintet.ingest.FakeVectors;
import quintet.ingest.IngestTestResource;
import quintet.ingest.LoopbackPublisher;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.v1.Chunk;
import quintet.ingest.v1.ChunksCreated;
import quintet.ingest.v1.Document;
import quintet.ingest.v1.GetDocumentRequest;
import quintet.ingest.v1.IngestServiceGrpc;
import quintet.ingest.v1.IngestServiceGrpc.IngestServiceBlockingStub;
import quintet.ingest.v1.ListDocumentsRequest;
import quintet.ingest.v1.PutDocumentRequest;
import quintet.rpc.RpcErrors;

/** The service as it is with keys: whose documents are whose, over HTTP and gRPC, with a real database. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
@QuarkusTestResource(value = KeyFiles.class, restrictToAnnotatedClass = true)
class TenancyIT {
    private static final String DOCUMENTS = "/v1/collections/{collection}/documents";
    private static final String DOCUMENT = DOCUMENTS + "/{id}";

    @Inject
    LoopbackPublisher broker;

    @Inject
    IngestPipeline pipeline;

    @Inject
    FakeVectors vectors;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", RestAssured.port)
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    private static RequestSpecification as(String key) {
        return given().header("Authorization", "Bearer " + key).contentType(ContentType.JSON);
    }

    private static ValidatableResponse put(String key, String collection, String id, String text, String... groups) {
        return as(key).body(Map.of("text", text, "groups", List.of(groups)))
                .put(DOCUMENT, collection, id)
                .then();
    }

    private static List<String> ids(String key, String collection) {
        return as(key).get(DOCUMENTS, collection)
                .then()
                .statusCode(200)
                .extract()
                .path("documents.id");
    }

    private IngestServiceBlockingStub stub(String key) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
        return IngestServiceGrpc.newBlockingStub(channel)
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

    @Test
    void keepsCollectionsOfOneNameApart() {
        put("acme-all", "same", "twin", "ours").statusCode(202).body("collection", equalTo("same"));
        put("globex-all", "same", "twin", "theirs").statusCode(202).body("version", equalTo(1));
        put("default-all", "same", "b", "nobody's").statusCode(202);
        assertThat(ids("acme-all", "same")).containsExactly("twin");
        assertThat(ids("default-all", "same")).containsExactly("b");
        assertThat(as("acme")
                        .get(DOCUMENT + "/content", "same", "twin")
                        .then()
                        .extract()
                        .asString())
                .isEqualTo("ours");
        assertThat(as("globex-all")
                        .get(DOCUMENT + "/content", "same", "twin")
                        .then()
                        .extract()
                        .asString())
                .isEqualTo("theirs");
        as("globex-all").delete(DOCUMENT, "same", "twin").then().statusCode(202);
        as("globex-all")
                .get(DOCUMENT + "/receipt", "same", "twin")
                .then()
                .statusCode(200)
                .body("collection", equalTo("same"));
        as("acme").get(DOCUMENT, "same", "twin").then().statusCode(200).body("state", not(equalTo("DELETED")));
        as("acme").get(DOCUMENT, "same", "b").then().statusCode(404);
        assertThat(broker.chunksOf("twin"))
                .allSatisfy(part -> assertThat(part.getCollection()).isIn("acme.same", "globex.same"));
    }

    @ParameterizedTest
    @CsvSource({"acme.same", "globex.same", "default.same", ".same", "same.", "..."})
    void knowsNoCollectionByTheNameItIsStoredUnder(String name) {
        as("acme-all").get(DOCUMENTS, name).then().statusCode(400).body("reason", equalTo("INVALID_COLLECTION"));
        put("acme-all", name, "a", "words").statusCode(400);
    }

    @Test
    void listsATenantsCollectionsByTheirNames() {
        put("globex-all", "listed", "a", "theirs").statusCode(202);
        put("acme-all", "listed-too", "a", "ours").statusCode(202);
        List<String> names =
                as("globex-all").get("/v1/collections").then().extract().path("collections.name");
        assertThat(names).contains("listed").doesNotContain("listed-too", "acme.listed-too");
        as("acme").get("/v1/collections/listed").then().statusCode(404);
    }

    @Test
    void showsADocumentOnlyToItsGroups() {
        put("acme-hr", "groups", "open", "for all").statusCode(202).body("groups", hasSize(0));
        put("acme-hr", "groups", "pay", "for hr", "legal", "hr")
                .statusCode(202)
                .body("groups", contains("hr", "legal"));
        assertThat(ids("acme", "groups")).containsExactly("open");
        assertThat(ids("acme-hr", "groups")).containsExactly("open", "pay");
        assertThat(ids("acme-all", "groups")).containsExactly("open", "pay");
        as("acme").get(DOCUMENTS, "groups").then().body("counts.values().sum()", equalTo(1));
        for (String what : List.of("", "/content", "/receipt")) {
            as("acme").get(DOCUMENT + what, "groups", "pay").then().statusCode(404);
        }
        as("acme").delete(DOCUMENT, "groups", "pay").then().statusCode(404);
        as("acme").post(DOCUMENT + "/retry", "groups", "pay").then().statusCode(404);
        as("acme").post(DOCUMENT + "/cancel", "groups", "pay").then().statusCode(404);
        put("acme", "groups", "pay", "mine now").statusCode(403).body("reason", equalTo("DOCUMENT_NOT_YOURS"));
        put("acme", "groups", "new", "for hr", "hr").statusCode(403).body("reason", equalTo("GROUP_NOT_YOURS"));
        put("acme-hr", "groups", "new", "for hr", "H R").statusCode(400).body("reason", equalTo("INVALID_GROUPS"));
        as("acme-hr").get(DOCUMENT + "/content", "groups", "pay").then().statusCode(200);
        as("acme-hr").delete(DOCUMENT, "groups", "pay").then().statusCode(202);
    }

    @Test
    void storesGroupsOfFilesAndBytes() {
        given().header("Authorization", "Bearer acme-hr")
                .multiPart("file", "pay.txt", "some words".getBytes())
                .multiPart("groups", "hr, legal")
                .post(DOCUMENTS, "files")
                .then()
                .statusCode(202)
                .body("documents[0].groups", contains("hr", "legal"));
        // The same file for everybody is another document.
        given().header("Authorization", "Bearer acme")
                .multiPart("file", "pay.txt", "some words".getBytes())
                .post(DOCUMENTS, "files")
                .then()
                .statusCode(202)
                .body("documents[0].version", equalTo(1))
                .body("documents[0].groups", hasSize(0));
        given().header("Authorization", "Bearer acme-hr")
                .contentType("text/plain")
                .queryParam("groups", "hr")
                .body("other words")
                .put(DOCUMENT, "files", "raw")
                .then()
                .statusCode(202)
                .body("groups", contains("hr"));
        assertThat(ids("acme", "files")).hasSize(1);
        assertThat(ids("acme-hr", "files")).hasSize(3);
    }

    @Test
    void otherGroupsTakeEffectWithoutEmbeddingAgain() {
        String text = "Rules of the house. ".repeat(40);
        put("acme-hr", "regroup", "rules", text, "hr").statusCode(202);
        List<ChunksCreated> first = parts("rules", 1);
        assertThat(first)
                .allSatisfy(part -> assertThat(part.getInfo().getGroupsList()).containsExactly("hr"));
        pipeline.indexed(
                DocumentRef.of("acme.regroup", "rules", 1), first.getFirst().getChunkCount(), Instant.now());
        put("acme-hr", "regroup", "rules", text, "hr").statusCode(200).body("unchanged", equalTo(true));
        put("acme-hr", "regroup", "rules", text, "legal").statusCode(202).body("version", equalTo(2));
        List<ChunksCreated> second = parts("rules", 2);
        assertThat(second).allSatisfy(part -> {
            assertThat(part.getInfo().getGroupsList()).containsExactly("legal");
            assertThat(part.getChunksList()).extracting(Chunk::getUnchanged).containsOnly(true);
        });
    }

    private List<ChunksCreated> parts(String id, long version) {
        await(() -> {
            List<ChunksCreated> parts = partsSoFar(id, version);
            return !parts.isEmpty() && parts.size() == parts.getFirst().getPartCount();
        });
        return partsSoFar(id, version);
    }

    private List<ChunksCreated> partsSoFar(String id, long version) {
        return broker.chunksOf(id).stream()
                .filter(part -> part.getVersion() == version)
                .toList();
    }

    @Test
    void doesNotLetOneGroupsDocumentAnswerForAnothers() {
        String text = "The very same words in two groups. ".repeat(20);
        put("acme-hr", "twins", "one", text, "hr").statusCode(202);
        assertThat(parts("one", 1)).isNotEmpty();
        put("acme-hr", "twins", "two", text, "legal").statusCode(202);
        assertThat(parts("two", 1)).isNotEmpty();
        as("acme-hr").get(DOCUMENT, "twins", "two").then().body("$", not(hasKey("duplicateOf")));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/collections/whole/documents/delete",
        "DELETE, /v1/collections/whole",
        "POST, /v1/collections/whole/retry",
        "GET, /v1/collections/whole/events",
        "PUT, /v1/collections/whole",
        "PATCH, /v1/collections/whole",
        "GET, /v1/collections/whole/export",
        "POST, /v1/collections/whole/import",
    })
    void leavesWhatConcernsAWholeCollectionToWhoSeesAllOfIt(String method, String path) {
        as("acme-hr")
                .body("{\"ids\": [\"a\"]}")
                .request(method, path)
                .then()
                .statusCode(403)
                .body("reason", equalTo("EVERY_GROUP_REQUIRED"));
    }

    @Test
    void letsWhoSeesAllOfACollectionDeleteItAndNotAnothers() {
        put("acme-all", "doomed", "a", "ours", "hr").statusCode(202);
        put("globex-all", "doomed", "a", "theirs").statusCode(202);
        as("acme-all").delete("/v1/collections/doomed?confirm=1").then().statusCode(202);
        as("acme-all").get(DOCUMENT, "doomed", "a").then().body("state", equalTo("DELETED"));
        as("globex-all").get(DOCUMENT, "doomed", "a").then().body("state", not(equalTo("DELETED")));
    }

    @Test
    void takesACollectionToAnotherTenantWithItsGroups() {
        put("acme-hr", "moved", "pay", "for hr", "legal", "hr").statusCode(202);
        DocumentRef ref = DocumentRef.of("acme.moved", "pay", 1);
        vectors.index(ref);
        pipeline.indexed(ref, parts("pay", 1).getFirst().getChunkCount(), Instant.now());

        byte[] bundle = as("acme-all")
                .get("/v1/collections/moved/export")
                .then()
                .statusCode(200)
                .header("Content-Disposition", containsString("''moved.jsonl.gz"))
                .extract()
                .asByteArray();
        as("globex-all").get("/v1/collections/moved/export").then().statusCode(404);
        as("globex-all")
                .contentType("application/gzip")
                .body(bundle)
                .post("/v1/collections/taken/import")
                .then()
                .statusCode(200)
                .body(containsString("event: done"))
                .body(containsString("\"collection\":\"taken\""))
                .body(containsString("\"imported\":1"));

        as("globex-all").get(DOCUMENT, "taken", "pay").then().statusCode(200).body("groups", contains("hr", "legal"));
        as("globex").get(DOCUMENT, "taken", "pay").then().statusCode(404);
        as("acme-all").get(DOCUMENT, "taken", "pay").then().statusCode(404);
        await(() -> !embedded("globex.taken").isEmpty());
        assertThat(embedded("globex.taken"))
                .allSatisfy(part -> assertThat(part.getInfo().getGroupsList()).containsExactly("hr", "legal"));
    }

    private List<ChunksCreated> embedded(String collection) {
        List<ChunksCreated> parts = new ArrayList<>();
        for (OutboxEntry entry : broker.published()) {
            if (entry.routingKey().equals("embed.chunks-embedded.v1")) {
                try {
                    parts.add(ChunksEmbedded.parseFrom(entry.payload().bytes()).getPart());
                } catch (InvalidProtocolBufferException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        parts.removeIf(part -> !part.getCollection().equals(collection));
        return parts;
    }

    @Test
    void reconcilesForOperatorsOnly() {
        as("acme-all").post("/v1/reconcile").then().statusCode(403).body("reason", equalTo("OPERATOR_REQUIRED"));
        given().post("/v1/reconcile").then().statusCode(401).body("reason", equalTo("KEY_REQUIRED"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/collections",
        "GET, /v1/collections/same/documents",
        "PUT, /v1/collections/same/documents/a",
        "GET, /v1/collections/same/events",
        "GET, /v1/collections/same/export",
        "POST, /v1/collections/same/import",
        "GET, /v1/nowhere"
    })
    void asksForAKeyOnEveryPath(String method, String path) {
        given().contentType(ContentType.JSON)
                .body("{}")
                .request(method, path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("reason", equalTo("KEY_REQUIRED"));
        as("somebody").request(method, path).then().statusCode(401);
        as(KeyFiles.SERVICE_KEY).request(method, path).then().statusCode(403);
    }

    @Test
    void keepsTheSameRulesOverGrpc() {
        PutDocumentRequest pay = PutDocumentRequest.newBuilder()
                .setCollection("grpc-groups")
                .setDocumentId("pay")
                .setFilename("pay.txt")
                .setContent(ByteString.copyFromUtf8("for hr"))
                .addGroups("hr")
                .build();
        assertThat(reason(() -> stub("acme").putDocument(pay))).isEqualTo("GROUP_NOT_YOURS");
        Document stored = stub("acme-hr").putDocument(pay).getDocument();
        assertThat(stored.getCollection()).isEqualTo("grpc-groups");
        assertThat(stored.getGroupsList()).containsExactly("hr");
        GetDocumentRequest get = GetDocumentRequest.newBuilder()
                .setCollection("grpc-groups")
                .setDocumentId("pay")
                .build();
        assertThat(stub("acme-all").getDocument(get).getDocument().getDocumentId())
                .isEqualTo("pay");
        assertThat(reason(() -> stub("acme").getDocument(get))).isEqualTo("DOCUMENT_NOT_FOUND");
        assertThat(reason(() -> stub("globex-all").getDocument(get))).isEqualTo("DOCUMENT_NOT_FOUND");
        assertThat(reason(() -> stub(KeyFiles.SERVICE_KEY).getDocument(get))).isEqualTo("TENANT_REQUIRED");
        assertThat(reason(() -> stub("somebody").getDocument(get))).isEqualTo("KEY_UNKNOWN");
        assertThat(stub("acme")
                        .listDocuments(ListDocumentsRequest.newBuilder()
                                .setCollection("grpc-groups")
                                .build())
                        .getDocumentsList())
                .isEmpty();
    }
}
