package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static quintet.ingest.Eventually.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.ingest.IngestTestResource;
import quintet.ingest.LoopbackPublisher;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.pipeline.IngestPipeline;

/** The HTTP edge over real HTTP, with a real database; the broker is the {@link LoopbackPublisher}. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class DocumentResourceIT {
    private static final String DOCUMENTS = "/v1/collections/{collection}/documents";
    private static final String DOCUMENT = DOCUMENTS + "/{id}";
    private static final String HANDBOOK =
            "# Handbook\n\nWelcome to the company.\n\n## Leave\n\nEmployees have 25 days of leave a year.\n";

    @Inject
    LoopbackPublisher broker;

    @Inject
    IngestPipeline pipeline;

    @Test
    void storesAFileAndChunksIt() {
        String id = given().multiPart("file", "handbook.md", HANDBOOK.getBytes(StandardCharsets.UTF_8), "text/markdown")
                .multiPart("metadata", "{\"year\": 2024, \"public\": true, \"author\": \"Kim\"}")
                .when()
                .post(DOCUMENTS, "storing")
                .then()
                .statusCode(202)
                .header("Location", containsString("/v1/collections/storing/documents/handbook.md-"))
                .body("documents", hasSize(1))
                .body("rejected", hasSize(0))
                .body("documents[0].state", equalTo("RECEIVED"))
                .body("documents[0].version", equalTo(1))
                .body("documents[0].metadata.year", equalTo("2024"))
                .body("documents[0].failure", nullValue())
                .extract()
                .path("documents[0].id");
        JsonPath document = awaitState("storing", id, "CHUNKED");
        assertThat(document.getString("title")).isEqualTo("Handbook");
        assertThat(document.getString("mimeType")).isEqualTo("text/markdown");
        assertThat(document.getInt("chunkCount")).isEqualTo(1);
        assertThat(document.getMap("times")).containsKeys("RECEIVED", "PARSED", "CHUNKED");
        awaitChunks(id);
        assertThat(broker.chunksOf(id)).singleElement().satisfies(event -> {
            assertThat(event.getInfo().getMetadataMap()).containsEntry("author", "Kim");
            assertThat(event.getChunks(0).getText()).contains("25 days of leave");
        });
    }

    @Test
    void followsADocumentUntilItIsReady() {
        String id = putText("progress", "doc", HANDBOOK);
        awaitState("progress", id, "CHUNKED");
        DocumentRef ref = DocumentRef.of("progress", id, 1);
        pipeline.staged(ref, 0, 1);
        pipeline.staged(ref, 0, 1);
        JsonPath embedded = awaitState("progress", id, "EMBEDDED");
        assertThat(embedded.getInt("chunksIndexed")).isEqualTo(1);
        pipeline.indexed(ref, 1, Instant.now());
        pipeline.failed(ref, new StageFailure(Stage.INDEX, "LATE", "a late message"));
        assertThat(awaitState("progress", id, "READY").getMap("times"))
                .containsKeys("RECEIVED", "PARSED", "CHUNKED", "EMBEDDED", "INDEXED", "READY");
    }

    @Test
    void answersThatNothingChangedWhenBytesAndMetadataAreTheSame() {
        putText("same", "a", HANDBOOK);
        given().contentType(ContentType.JSON)
                .body(json(HANDBOOK))
                .put(DOCUMENT, "same", "a")
                .then()
                .statusCode(200)
                .body("unchanged", equalTo(true))
                .body("version", equalTo(1));
        given().contentType(ContentType.JSON)
                .body("{\"text\":\"other words than before\"}")
                .put(DOCUMENT, "same", "a")
                .then()
                .statusCode(202)
                .body("unchanged", nullValue())
                .body("version", equalTo(2));
    }

    @Test
    void storesTheSamePostedFileOnce() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ids.add(given().contentType(ContentType.JSON)
                    .body("{\"text\":\"posted twice\",\"filename\":\"twice.txt\"}")
                    .post(DOCUMENTS, "twice")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("documents[0].id"));
        }
        assertThat(ids).containsExactly(ids.getFirst(), ids.getFirst());
        given().get(DOCUMENTS, "twice").then().body("documents", hasSize(1));
    }

    @Test
    void takesRawBytes() {
        given().contentType("text/html; charset=utf-8")
                .header("Content-Disposition", "attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.html")
                .body("<html><title>Grüße</title><body><h1>Hallo</h1><p>Ein Satz.</p></body></html>"
                        .getBytes(StandardCharsets.UTF_8))
                .put(DOCUMENT, "raw", "page.1")
                .then()
                .statusCode(202)
                .body("filename", equalTo("Grüße.html"));
        JsonPath document = awaitState("raw", "page.1", "CHUNKED");
        assertThat(document.getString("title")).isEqualTo("Grüße");
        given().get(DOCUMENT + "/content", "raw", "page.1")
                .then()
                .statusCode(200)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", containsString("sandbox"))
                .header("Content-Disposition", "attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.html")
                .body(containsString("<h1>Hallo</h1>"));
    }

    @Test
    void listsPageByPageWithCounts() {
        for (int i = 0; i < 5; i++) {
            putText("listing", "doc-" + i, "Text number " + i);
        }
        for (int i = 0; i < 5; i++) {
            awaitState("listing", "doc-" + i, "CHUNKED");
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = given().queryParam("limit", 2)
                    .queryParam("cursor", cursor)
                    .get(DOCUMENTS, "listing")
                    .then()
                    .statusCode(200)
                    .body("counts.CHUNKED", equalTo(5))
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("documents.id"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        assertThat(seen).containsExactly("doc-0", "doc-1", "doc-2", "doc-3", "doc-4");
        given().queryParam("state", "failed").get(DOCUMENTS, "listing").then().body("documents", hasSize(0));
    }

    @Test
    void deletesADocumentForGood() {
        putText("deleting", "a", HANDBOOK);
        awaitState("deleting", "a", "CHUNKED");
        given().delete(DOCUMENT, "deleting", "a")
                .then()
                .statusCode(202)
                .body("state", equalTo("DELETED"))
                .body("version", equalTo(2));
        given().delete(DOCUMENT, "deleting", "a").then().statusCode(202).body("version", equalTo(2));
        given().get(DOCUMENT, "deleting", "a").then().statusCode(200).body("state", equalTo("DELETED"));
        given().get(DOCUMENTS, "deleting").then().body("documents", hasSize(0)).body("counts.DELETED", equalTo(1));
        problem(given().when().get(DOCUMENT + "/content", "deleting", "a"), 404, "DOCUMENT_NOT_FOUND");
        pipeline.indexed(DocumentRef.of("deleting", "a", 1), 1, Instant.now());
        given().get(DOCUMENT, "deleting", "a").then().body("state", equalTo("DELETED"));
    }

    @Test
    void acknowledgesWhileTheBrokerIsDownAndCatchesUp() {
        broker.setDown(true);
        try {
            putText("outage", "a", "Words that wait for the broker.");
            given().get(DOCUMENT, "outage", "a").then().body("state", equalTo("RECEIVED"));
        } finally {
            broker.setDown(false);
        }
        awaitState("outage", "a", "CHUNKED");
    }

    @Test
    void carriesTheTraceOfTheRequestIntoItsEvents() {
        String traceId = "0af7651916cd43dd8448eb211c80319c";
        given().header("traceparent", "00-%s-b7ad6b7169203331-01".formatted(traceId))
                .contentType(ContentType.JSON)
                .body("{\"text\":\"traced text\"}")
                .put(DOCUMENT, "traced", "a")
                .then()
                .statusCode(202)
                .body("traceId", equalTo(traceId));
        awaitState("traced", "a", "CHUNKED");
        assertThat(broker.published())
                .anyMatch(entry ->
                        entry.traceHeaders().getOrDefault("traceparent", "").contains(traceId));
    }

    @Test
    void refusesSomeFilesOfARequestAndStoresTheOthers() {
        given().multiPart("file", "good.txt", "good words".getBytes(StandardCharsets.UTF_8), "text/plain")
                .multiPart("file", "empty.txt", new byte[0], "text/plain")
                .multiPart("file", "large.txt", new byte[1_048_577], "text/plain")
                .post(DOCUMENTS, "mixed")
                .then()
                .statusCode(202)
                .body("documents", hasSize(1))
                .body("rejected.filename", equalTo(List.of("empty.txt", "large.txt")))
                .body("rejected.reason", equalTo(List.of("EMPTY_FILE", "FILE_TOO_LARGE")));
    }

    @Test
    void refusesARequestWhoseOnlyFileIsEmpty() {
        problem(
                given().multiPart("file", "e.pdf", new byte[0], "application/pdf")
                        .when()
                        .post(DOCUMENTS, "c"),
                400,
                "EMPTY_FILE");
        problem(
                given().contentType("application/pdf").body(new byte[0]).when().put(DOCUMENT, "c", "e"),
                400,
                "EMPTY_FILE");
    }

    @Test
    void refusesTooManyFiles() {
        RequestSpecification request = given();
        for (int i = 0; i < 6; i++) {
            request.multiPart("file", i + ".txt", "text".getBytes(StandardCharsets.UTF_8), "text/plain");
        }
        problem(request.when().post(DOCUMENTS, "c"), 400, "TOO_MANY_FILES");
        problem(given().multiPart("title", "no file").when().post(DOCUMENTS, "c"), 400, "NO_FILES");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | MALFORMED_BODY",
                "[1] | MALFORMED_BODY",
                "'' | MALFORMED_BODY",
                "{\"text\":5} | MALFORMED_BODY",
                "{\"title\":\"t\"} | EMPTY_FILE",
                "{\"text\":\"  \"} | EMPTY_FILE",
                "{\"text\":\"x\",\"colour\":1} | UNKNOWN_FIELD",
                "{\"text\":\"x\",\"metadata\":[]} | INVALID_METADATA",
                "{\"text\":\"x\",\"metadata\":{\"a\":{}}} | INVALID_METADATA",
                "{\"text\":\"x\",\"metadata\":{\"a\":null}} | INVALID_METADATA",
                "{\"text\":\"x\",\"title\":\"a\\u0000b\"} | INVALID_TITLE",
                "{\"text\":\"x\",\"metadata\":{\"a\":\"\\u0000\"}} | INVALID_METADATA",
                "{\"text\":\"x\",\"mimeType\":\"what\"} | INVALID_MIME_TYPE",
                "{\"text\":\"\\ud800\"} | INVALID_UTF8",
            })
    void refusesBodiesThatMakeNoSense(String body, String reason) {
        problem(
                given().contentType(ContentType.JSON)
                        .body(body == null ? "" : body)
                        .when()
                        .post(DOCUMENTS, "c"),
                400,
                reason);
    }

    @Test
    void refusesMetadataThatIsNotJson() {
        problem(
                given().multiPart("file", "a.txt", "text".getBytes(StandardCharsets.UTF_8), "text/plain")
                        .multiPart("metadata", "year=2024")
                        .when()
                        .post(DOCUMENTS, "c"),
                400,
                "INVALID_METADATA");
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] body = "{\"text\":\"caf?\"}".getBytes(StandardCharsets.ISO_8859_1);
        body[12] = (byte) 0xE9;
        problem(given().contentType("application/json").body(body).when().post(DOCUMENTS, "c"), 400, "INVALID_UTF8");
    }

    @Test
    void failsATextThatIsNotTheUtf8ItClaimsToBe() {
        given().contentType("text/plain; charset=utf-8")
                .body(new byte[] {'c', 'a', 'f', (byte) 0xE9})
                .put(DOCUMENT, "c", "utf8")
                .then()
                .statusCode(202);
        assertThat(awaitState("c", "utf8", "FAILED").getString("failure.reason"))
                .isEqualTo("INVALID_UTF8");
    }

    @Test
    void keepsNulCharactersOutOfTheDatabase() {
        given().contentType(ContentType.JSON)
                .body("{\"text\":\"a\\u0000b words\"}")
                .put(DOCUMENT, "c", "nul")
                .then()
                .statusCode(202);
        awaitState("c", "nul", "CHUNKED");
    }

    @Test
    void refusesWhatIsTooLargeBeforeReadingIt() throws IOException {
        String response = exchange("PUT /v1/collections/c/documents/a HTTP/1.1\r\nHost: t\r\n"
                + "Content-Type: application/pdf\r\nContent-Length: 99999999999\r\n\r\n");
        assertThat(response)
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "FILE_TOO_LARGE", "1048576");
        assertThat(exchange("POST /v1/collections/c/documents HTTP/1.1\r\nHost: t\r\n"
                        + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 99999999\r\n\r\n"))
                .contains("BODY_TOO_LARGE");
    }

    @Test
    void refusesAStreamThatGrowsTooLarge() throws IOException {
        StringBuilder request = new StringBuilder("PUT /v1/collections/c/documents/a HTTP/1.1\r\nHost: t\r\n"
                + "Content-Type: application/pdf\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        request.append(chunk.repeat(20)).append("0\r\n\r\n");
        assertThat(exchange(request.toString())).startsWith("HTTP/1.1 400").contains("FILE_TOO_LARGE");
    }

    @Test
    void refusesUploadsBeyondTheLimitAtOnce() throws IOException {
        String unfinished = "PUT /v1/collections/c/documents/a HTTP/1.1\r\nHost: t\r\n"
                + "Content-Type: text/plain\r\nContent-Length: 1000\r\n\r\nslow";
        List<Socket> slow = new ArrayList<>();
        try {
            await(() -> {
                var response =
                        given().contentType("text/plain").body("one more").put(DOCUMENT, "c", "more");
                if (response.statusCode() != 429) {
                    // A slow one may be refused itself while an upload before it is still leaving: there is always
                    // another.
                    slow.add(begin(unfinished));
                    return false;
                }
                assertThat(response.header("Retry-After")).isEqualTo("1");
                assertThat(response.jsonPath().getString("reason")).isEqualTo("OVERLOADED");
                return true;
            });
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        await(() -> given().contentType("text/plain")
                        .body("at last")
                        .put(DOCUMENT, "c", "more")
                        .statusCode()
                < 300);
    }

    private static Socket begin(String request) {
        try {
            Socket socket = new Socket("127.0.0.1", RestAssured.port);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPPER",
                "with space",
                "ünï",
                "a.b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void refusesCollectionsOfABadName(String collection) {
        problem(given().when().get(DOCUMENTS, collection), 400, "INVALID_COLLECTION");
        problem(
                given().contentType(ContentType.JSON).body(json("x")).when().post(DOCUMENTS, collection),
                400,
                "INVALID_COLLECTION");
        problem(given().when().delete(DOCUMENT, collection, "a"), 400, "INVALID_COLLECTION");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ü", "a:b", "'; drop table document; --"})
    void refusesDocumentIdsOfABadForm(String id) {
        problem(given().when().get(DOCUMENT, "c", id), 400, "INVALID_DOCUMENT_ID");
        problem(given().contentType("text/plain").body("x").when().put(DOCUMENT, "c", id), 400, "INVALID_DOCUMENT_ID");
    }

    @Test
    void answersNotFoundForWhatIsNotThere() {
        problem(given().when().get(DOCUMENTS, "nowhere"), 404, "COLLECTION_NOT_FOUND");
        problem(given().when().get(DOCUMENT, "nowhere", "a"), 404, "DOCUMENT_NOT_FOUND");
        problem(given().when().get(DOCUMENT + "/content", "nowhere", "a"), 404, "DOCUMENT_NOT_FOUND");
        problem(given().when().delete(DOCUMENT, "nowhere", "a"), 404, "DOCUMENT_NOT_FOUND");
        problem(given().when().get("/v1/collections/c/else"), 404, "NO_SUCH_PATH");
    }

    @ParameterizedTest
    @CsvSource({
        "limit,0,INVALID_LIMIT",
        "limit,1001,INVALID_LIMIT",
        "limit,-5,INVALID_LIMIT",
        "limit,many,INVALID_LIMIT",
        "limit,99999999999,INVALID_LIMIT",
        "state,ASLEEP,INVALID_STATE",
        "cursor,***,INVALID_CURSOR",
        "cursor,Kg,INVALID_CURSOR"
    })
    void refusesPagesThatCanNotBe(String parameter, String value, String reason) {
        putText("paging", "a", "text");
        problem(given().queryParam(parameter, value).when().get(DOCUMENTS, "paging"), 400, reason);
    }

    @Test
    void refusesContentTypesThatItDoesNotTake() {
        problem(given().contentType("text/plain").body("x").when().post(DOCUMENTS, "c"), 415, "UNSUPPORTED_MEDIA_TYPE");
        given().when()
                .patch(DOCUMENTS, "c")
                .then()
                .statusCode(anyOf(is(404), is(405)))
                .body("reason", notNullValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data; boundary=b | garbage",
                "multipart/form-data | garbage",
                "multipart/form-data; boundary=b | --b~Content-Disposition: form-data; name=\"file\"; filename=\"a\"~~half",
                "multipart/form-data; boundary=b | --b--~",
                "multipart/form-data; boundary=b | --b~nonsense~~text~--b--~",
                "multipart/form-data; boundary=b | --b~Content-Type: text/plain~~text~--b--~",
                "multipart/form-data; boundary=b | --b~Content-Disposition: form-data~~text~--b--~",
            })
    void refusesMultipartThatIsNone(String type, String body) throws IOException {
        String bytes = body.replace("~", "\r\n");
        String response = exchange(("POST /v1/collections/c/documents HTTP/1.1\r\nHost: t\r\nContent-Type: %s\r\n"
                        + "Content-Length: %d\r\nConnection: close\r\n\r\n%s")
                .formatted(type, bytes.length(), bytes));
        assertThat(response).startsWith("HTTP/1.1 400").contains("application/problem+json", "\"reason\"");
    }

    @Test
    void refusesFieldsAndStreamsThatAreTooLarge() throws IOException {
        problem(
                given().multiPart("file", "a.txt", "text".getBytes(StandardCharsets.UTF_8), "text/plain")
                        .multiPart("metadata", "x".repeat(1_200_000))
                        .when()
                        .post(DOCUMENTS, "c"),
                413,
                "BODY_TOO_LARGE");
        String part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        String response = exchange("POST /v1/collections/c/documents HTTP/1.1\r\nHost: t\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + Integer.toHexString(part.length()) + "\r\n" + part + "\r\n" + chunk.repeat(60) + "0\r\n\r\n");
        assertThat(response).startsWith("HTTP/1.1 4");
    }

    @Test
    void failsFilesOfNoSupportedTypeAlone() {
        given().contentType("image/png")
                .body(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13})
                .put(DOCUMENT, "hostile", "png")
                .then()
                .statusCode(202);
        given().contentType("application/pdf")
                .body("%PDF-1.7 and then nonsense".getBytes(StandardCharsets.UTF_8))
                .put(DOCUMENT, "hostile", "pdf")
                .then()
                .statusCode(202);
        given().contentType("text/plain")
                .body("   \n \t ")
                .put(DOCUMENT, "hostile", "blank")
                .then()
                .statusCode(202);
        putText("hostile", "good", "A good neighbour.");
        JsonPath png = awaitState("hostile", "png", "FAILED");
        assertThat(png.getString("failure.stage")).isEqualTo("PARSE");
        assertThat(png.getString("failure.reason")).isEqualTo("UNSUPPORTED_TYPE");
        assertThat(png.getString("failure.message")).contains("image/png");
        assertThat(awaitState("hostile", "pdf", "FAILED").getString("failure.reason"))
                .isEqualTo("CORRUPT_FILE");
        assertThat(awaitState("hostile", "blank", "FAILED").getString("failure.reason"))
                .isEqualTo("NO_TEXT");
        awaitState("hostile", "good", "CHUNKED");
    }

    @Test
    void triesAFailedDocumentAgainWhenItIsPutAgain() {
        given().contentType("application/pdf")
                .body("%PDF-1.7 broken".getBytes(StandardCharsets.UTF_8))
                .put(DOCUMENT, "again", "a")
                .then()
                .statusCode(202);
        awaitState("again", "a", "FAILED");
        given().contentType("application/pdf")
                .body("%PDF-1.7 broken".getBytes(StandardCharsets.UTF_8))
                .put(DOCUMENT, "again", "a")
                .then()
                .statusCode(202)
                .body("version", equalTo(2));
    }

    @Test
    void saysThatItIsHealthy() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/metrics").then().statusCode(200).body(containsString("quintet_ingest_outbox_depth"));
        given().get("/q/openapi").then().statusCode(200).body(not(containsString("500")));
    }

    private static String json(String text) {
        return "{\"text\":\"%s\"}".formatted(text.replace("\n", "\\n"));
    }

    private static String putText(String collection, String id, String text) {
        given().contentType(ContentType.JSON)
                .body(json(text))
                .put(DOCUMENT, collection, id)
                .then()
                .statusCode(anyOf(equalTo(200), equalTo(202)));
        return id;
    }

    private static void problem(io.restassured.response.Response response, int status, String reason) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("reason", equalTo(reason))
                .body("status", equalTo(status));
    }

    private static JsonPath awaitState(String collection, String id, String state) {
        JsonPath[] last = new JsonPath[1];
        await(() -> {
            last[0] = given().get(DOCUMENT, collection, id).jsonPath();
            return state.equals(last[0].getString("state"));
        });
        return last[0];
    }

    private void awaitChunks(String id) {
        await(() -> !broker.chunksOf(id).isEmpty());
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } catch (IOException refusedWhileSending) {
                // The answer may come before the end of the request.
            }
            InputStream in = socket.getInputStream();
            StringBuilder response = new StringBuilder();
            byte[] buffer = new byte[8192];
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    response.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                    if (response.indexOf("\"reason\"") >= 0) {
                        break;
                    }
                }
            } catch (IOException closed) {
                // What came is what counts.
            }
            return response.toString();
        }
    }
}
