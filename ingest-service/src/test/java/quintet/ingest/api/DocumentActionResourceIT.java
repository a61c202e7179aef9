package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static quintet.ingest.Eventually.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.ingest.FakeRetrieveService;
import quintet.ingest.IngestTestResource;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.retrieve.v1.DocumentRemoved;
import quintet.retrieve.v1.GetDocumentStatusResponse;

/** Retry, cancel, deletion and receipts over real HTTP, with a real database and the index over real gRPC. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class DocumentActionResourceIT {
    private static final String DOCUMENTS = "/v1/collections/{c}/documents";
    private static final String DOCUMENT = DOCUMENTS + "/{id}";

    @Inject
    IngestPipeline pipeline;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector messages;

    private static void put(String collection, String id, String body) {
        given().contentType(ContentType.JSON)
                .body(body)
                .put(DOCUMENT, collection, id)
                .then()
                .statusCode(202);
    }

    private static void put(String collection, String id) {
        put(collection, id, "{\"text\":\"Words of %s in %s.\"}".formatted(id, collection));
    }

    private static String state(String collection, String id) {
        return given().get(DOCUMENT, collection, id).jsonPath().getString("state");
    }

    private static ValidatableResponse delete(String collection, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post(DOCUMENTS + "/delete", collection)
                .then();
    }

    @Test
    void retriesAFailedDocumentAndAllOfACollection() {
        for (String id : new String[] {"a", "b"}) {
            given().contentType("application/pdf")
                    .body("%PDF-1.7 broken".getBytes(StandardCharsets.US_ASCII))
                    .put(DOCUMENT, "retry", id)
                    .then()
                    .statusCode(202);
            await(() -> state("retry", id).equals("FAILED"));
        }
        given().get(DOCUMENT, "retry", "a")
                .then()
                .body("attempts", equalTo(1))
                .body("estimatedSecondsLeft", nullValue())
                .body("failure.reason", equalTo("CORRUPT_FILE"));
        given().post(DOCUMENT + "/retry", "retry", "a")
                .then()
                .statusCode(202)
                .body("version", equalTo(2))
                .body("attempts", equalTo(0))
                .body("state", equalTo("RECEIVED"));
        await(() -> state("retry", "a").equals("FAILED"));
        given().post("/v1/collections/retry/retry").then().statusCode(202).body("retried", equalTo(2));
        put("retry", "fine");
        await(() -> state("retry", "fine").equals("CHUNKED"));
        given().post(DOCUMENT + "/retry", "retry", "fine")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("reason", equalTo("STILL_IN_PROGRESS"));
        pipeline.indexed(DocumentRef.of("retry", "fine", 1), 1, Instant.now());
        given().post(DOCUMENT + "/retry", "retry", "fine")
                .then()
                .statusCode(409)
                .body("reason", equalTo("NOTHING_TO_RETRY"));
        given().post(DOCUMENT + "/retry", "retry", "nobody").then().statusCode(404);
    }

    @Test
    void cancelsAVersionAndKeepsTheOneThatAnswers() {
        put("cancel", "a");
        await(() -> state("cancel", "a").equals("CHUNKED"));
        pipeline.indexed(DocumentRef.of("cancel", "a", 1), 1, Instant.now());
        put("cancel", "a", "{\"text\":\"other words\"}");
        given().post(DOCUMENT + "/cancel", "cancel", "a")
                .then()
                .statusCode(202)
                .body("state", equalTo("CANCELLED"))
                .body("version", equalTo(2))
                .body("readyVersion", equalTo(1));
        pipeline.failed(DocumentRef.of("cancel", "a", 2), new StageFailure(Stage.EMBED, "LATE", "late"));
        assertThat(state("cancel", "a")).isEqualTo("CANCELLED");
        given().queryParam("state", "cancelled").get(DOCUMENTS, "cancel").then().body("documents.id", contains("a"));
        given().post(DOCUMENT + "/retry", "cancel", "a").then().statusCode(202).body("version", equalTo(3));
        pipeline.indexed(DocumentRef.of("cancel", "a", 3), 1, Instant.now());
        given().post(DOCUMENT + "/cancel", "cancel", "a")
                .then()
                .statusCode(409)
                .body("reason", equalTo("NOTHING_TO_CANCEL"));
    }

    @Test
    void estimatesTheTimeLeft() {
        for (int i = 0; i < 3; i++) {
            put("estimate", "done" + i);
            String id = "done" + i;
            await(() -> state("estimate", id).equals("CHUNKED"));
            pipeline.indexed(DocumentRef.of("estimate", id, 1), 1, Instant.now());
        }
        put("estimate", "waiting");
        await(() -> state("estimate", "waiting").equals("CHUNKED"));
        await(() -> given().get(DOCUMENT, "estimate", "waiting").jsonPath().get("estimatedSecondsLeft") != null);
        given().get(DOCUMENT, "estimate", "waiting").then().body("estimatedSecondsLeft", greaterThan(0));
    }

    @Test
    void deletesByFilterInTwoSteps() {
        put("filter", "a", "{\"text\":\"one\",\"source\":\"wiki\",\"metadata\":{\"year\":2023}}");
        put("filter", "b", "{\"text\":\"two\",\"source\":\"wiki\",\"metadata\":{\"year\":2024}}");
        put("filter", "c", "{\"text\":\"three\",\"source\":\"mail\"}");
        delete("filter", "{\"filter\":{\"source\":\"wiki\"}}")
                .statusCode(200)
                .body("count", equalTo(2))
                .body("deleted", equalTo(false))
                .body("sample", contains("a", "b"));
        assertThat(state("filter", "a")).isNotEqualTo("DELETED");
        delete("filter", "{\"filter\":{\"source\":\"wiki\"},\"confirm\":3}")
                .statusCode(409)
                .body("reason", equalTo("COUNT_CHANGED"));
        assertThat(state("filter", "a")).isNotEqualTo("DELETED");
        delete("filter", "{\"filter\":{\"source\":\"wiki\",\"year\":[2024]},\"confirm\":1}")
                .statusCode(202)
                .body("count", equalTo(1))
                .body("deleted", equalTo(true))
                .body("pending", equalTo(0));
        assertThat(state("filter", "b")).isEqualTo("DELETED");
        assertThat(state("filter", "a")).isNotEqualTo("DELETED");
        delete("filter", "{\"ids\":[\"a\",\"c\"],\"confirm\":2}").statusCode(202);
        assertThat(state("filter", "c")).isEqualTo("DELETED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | EMPTY_FILTER",
                "{\"ids\":[]} | EMPTY_FILTER",
                "{\"filter\":{}} | EMPTY_FILTER",
                "{\"filter\":{\"year\":[]}} | EMPTY_FILTER",
                "{\"ids\":[],\"filter\":{\"year\":1},\"confirm\":0} | EMPTY_FILTER",
                "{\"confirm\":1} | EMPTY_FILTER",
                "{\"ids\":[\"a\"],\"filter\":{\"documentId\":\"b\"}} | EMPTY_FILTER",
                "{\"filter\":{\"year\":{}}} | INVALID_FILTER",
                "{\"filter\":[]} | INVALID_FILTER",
                "{\"ids\":[\"../x\"]} | INVALID_DOCUMENT_ID",
                "{\"states\":[\"GONE\"]} | INVALID_STATE",
                "{\"ids\":[\"a\"],\"confirm\":\"1\"} | INVALID_CONFIRM",
                "{\"ids\":[\"a\"],\"confirm\":-1} | INVALID_CONFIRM",
                "{\"ids\":[\"a\"],\"all\":true} | UNKNOWN_FIELD",
                "{\"states\":[\"\"]} | INVALID_STATE",
                "{\"filter\":{\"year\":\"\\u0000\"}} | INVALID_FILTER",
                "{\"filter\":{\"\\ud800\":\"x\"}} | INVALID_FILTER",
                "[] | MALFORMED_BODY",
                "nonsense | MALFORMED_BODY",
            })
    void refusesWhatIsNoSelection(String body, String reason) {
        put("refuse", "a-" + Math.abs(body.hashCode()));
        delete("refuse", body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("reason", equalTo(reason));
        given().get(DOCUMENTS, "refuse").then().body("counts.DELETED", nullValue());
    }

    @Test
    void deletesACollectionAndTakesDocumentsIntoItAfterwards() {
        for (int i = 0; i < 60; i++) {
            put("whole", "d" + i);
        }
        given().delete("/v1/collections/whole").then().statusCode(200).body("count", equalTo(60));
        given().delete("/v1/collections/whole?confirm=59").then().statusCode(409);
        given().delete("/v1/collections/whole?confirm=many")
                .then()
                .statusCode(400)
                .body("reason", equalTo("INVALID_CONFIRM"));
        given().delete("/v1/collections/nothing-here").then().statusCode(404);
        given().delete("/v1/collections/whole?confirm=60")
                .then()
                .statusCode(202)
                .body("deleted", equalTo(true));
        put("whole", "d7");
        await(() -> given().get(DOCUMENTS, "whole").jsonPath().getInt("counts.DELETED") == 59);
        given().get(DOCUMENTS, "whole").then().body("documents.id", contains("d7"));
        await(() -> state("whole", "d7").equals("CHUNKED"));
    }

    @Test
    void aReceiptTellsWhatIsLeftUntilNothingIs() {
        put("receipt", "a");
        await(() -> state("receipt", "a").equals("CHUNKED"));
        given().get(DOCUMENT + "/receipt", "receipt", "a")
                .then()
                .statusCode(409)
                .body("reason", equalTo("NOT_DELETED"));
        given().get(DOCUMENT + "/receipt", "receipt", "nobody").then().statusCode(404);
        FakeRetrieveService.DOCUMENTS.put(
                "receipt/a",
                GetDocumentStatusResponse.newBuilder()
                        .setVersion(1)
                        .setPassageCount(1)
                        .setStagedPartCount(1)
                        .build());
        given().delete(DOCUMENT, "receipt", "a").then().statusCode(202);
        given().get(DOCUMENT + "/receipt", "receipt", "a")
                .then()
                .statusCode(200)
                .body("complete", equalTo(false))
                .body("version", equalTo(2))
                .body("registry.texts", equalTo(0))
                .body("registry.chunks", equalTo(0))
                .body("index.passages", equalTo(1))
                .body("waitingFor", hasItems("INDEX_PASSAGES", "INDEX_REMOVAL", "ORIGINAL_FILE"));
        FakeRetrieveService.DOCUMENTS.put(
                "receipt/a",
                GetDocumentStatusResponse.newBuilder()
                        .setVersion(2)
                        .setDeleted(true)
                        .build());
        messages.<byte[]>source("document-removed")
                .send(DocumentRemoved.newBuilder()
                        .setCollection("receipt")
                        .setDocumentId("a")
                        .setVersion(2)
                        .build()
                        .toByteArray());
        await(() ->
                given().get(DOCUMENT + "/receipt", "receipt", "a").jsonPath().getBoolean("complete"));
        given().get(DOCUMENT + "/receipt", "receipt", "a")
                .then()
                .body("waitingFor", empty())
                .body("index.deleted", equalTo(true))
                .body("contents.fate", contains("GONE"))
                .body("registry.outboxEntries", equalTo(0));
    }

    @Test
    void aReceiptKnowsOfOthersWithTheSameBytesAndOfAnIndexThatDoesNotAnswer() {
        String same = "{\"text\":\"The very same words.\"}";
        put("shared", "a", same);
        put("shared", "b", same);
        given().delete(DOCUMENT, "shared", "a").then().statusCode(202);
        FakeRetrieveService.hangs = true;
        try {
            given().get(DOCUMENT + "/receipt", "shared", "a")
                    .then()
                    .statusCode(200)
                    .body("complete", equalTo(false))
                    .body("index", nullValue())
                    .body("contents.fate", contains("USED_BY_OTHERS"))
                    .body("waitingFor", hasItem("INDEX_ANSWER"));
        } finally {
            FakeRetrieveService.hangs = false;
        }
    }
}
