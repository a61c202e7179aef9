package quintet.retrieve.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.whole;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.retrieve.port.PassageWriter;

@QuarkusTest
@QuarkusTestResource(FakeEmbedService.class)
class SearchResourceTest {
    private static final String PATH = "/v1/collections/test/search";
    /** Each subclass has an index of its own. */
    private static final Set<Class<?>> FILLED = ConcurrentHashMap.newKeySet();

    @Inject
    PassageWriter index;

    @BeforeEach
    void fill() {
        if (FILLED.add(getClass())) {
            var plan = whole(
                    ref("plan", 2),
                    info("plan.pdf", Map.of("author", "Kim", "year", "2020", "final", "true")),
                    "the dental plan covers two cleanings a year",
                    "vision exams are covered once");
            var parking = whole(ref("parking", 1), info("parking.md", Map.of("author", "Lee")), "parking is free");
            index.put(plan.ref(), List.of(plan));
            index.put(parking.ref(), List.of(parking));
        }
    }

    @AfterEach
    void repair() {
        FakeEmbedService.down = false;
        FakeEmbedService.hangs = false;
        FakeEmbedService.revision = quintet.retrieve.Samples.MODEL.revision();
    }

    static ValidatableResponse post(Object body) {
        return given().contentType("application/json").body(body).post(PATH).then();
    }

    static void refuses(Object body, int status, String reason, String sentence) {
        post(body)
                .statusCode(status)
                .contentType("application/problem+json")
                .body("reason", equalTo(reason))
                .body("status", equalTo(status))
                .body("detail", containsString(sentence));
    }

    @Test
    void takesEachTraceOnToTheModelWhateverRanBefore() {
        FakeEmbedService.TRACES.clear();
        List<String> traces = IntStream.range(0, 12)
                .mapToObj("0af7651916cd43dd8448eb211c80%04x"::formatted)
                .toList();
        // A text of its own for each: no query is embedded twice.
        for (String trace : traces) {
            given().contentType("application/json")
                    .header("traceparent", "00-%s-b7ad6b7169203331-01".formatted(trace))
                    .body(Map.of("query", "parking " + trace))
                    .post(PATH)
                    .then()
                    .statusCode(200);
        }
        assertThat(FakeEmbedService.TRACES)
                .map(traceparent -> traceparent.split("-")[1])
                .containsExactlyElementsOf(traces);
    }

    @Test
    void findsPassagesWithTheirEvidence() {
        post("{\"query\": \"dental cleanings\"}")
                .statusCode(200)
                .body("hits[0].chunkId", equalTo("plan#000"))
                .body("hits[0].documentId", equalTo("plan"))
                .body("hits[0].version", equalTo(2))
                .body("hits[0].filename", equalTo("plan.pdf"))
                .body("hits[0].text", containsString("two cleanings"))
                .body("hits[0].metadata.author", equalTo("Kim"))
                .body("hits[0]", not(hasKey("page")))
                .body("hits[0].scores.keySet()", hasSize(3))
                .body("hits", hasSize(3))
                .body("degraded", hasSize(0))
                .body("model", equalTo("hashed-words"))
                .body("timings.keySet()", hasSize(4));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"author\": \"Lee\"}', parking",
        "'{\"author\": [\"Lee\", \"Nobody\"]}', parking",
        "'{\"year\": 2020}', plan",
        "'{\"final\": true}', plan",
        "'{\"filename\": \"parking.md\"}', parking",
        "'{\"documentId\": \"plan\", \"author\": \"Kim\"}', plan",
        "'{\"year\": {\"gte\": 2000, \"lt\": 2020.5}}', plan",
        "'{\"or\": [{\"year\": {\"gt\": 2020}}, {\"filename\": {\"prefix\": \"park\"}}]}', parking",
        "'{\"not\": {\"final\": {\"exists\": true}}}', parking",
        "'\"year >= 2020 and author = Kim\"', plan",
        "'\"not exists year\"', parking",
        "'\"{\\\"year\\\": 2020}\"', plan",
    })
    void filtersByMetadata(String filter, String documentId) {
        for (String mode : List.of("hybrid", "dense", "lexical")) {
            post("{\"query\": \"dental vision parking\", \"mode\": \"%s\", \"filter\": %s}".formatted(mode, filter))
                    .statusCode(200)
                    .body("hits.documentId.unique()", equalTo(List.of(documentId)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adaptive", "weighted", "rrf"})
    void fusesEitherWay(String fusion) {
        post("{\"query\": \"parking\", \"fusion\": \"%s\", \"topK\": 1}".formatted(fusion))
                .statusCode(200)
                .body("hits", hasSize(1))
                .body("hits[0].documentId", equalTo("parking"));
    }

    @Test
    void explainsASearchThatAsksForIt() {
        post("{\"query\": \"dental cleanings\"}").statusCode(200).body("$", not(hasKey("explanation")));
        post("{\"query\": \"dental cleanings\", \"explain\": true, \"filter\": \"author = Kim\"}")
                .statusCode(200)
                .body("explanation.stages.name", hasItem("fuse"))
                .body("explanation.filter", equalTo("author = \"Kim\""))
                .body("explanation.access.everyGroup", equalTo(true))
                .body("explanation.index.model", equalTo("hashed-words"))
                .body("explanation.index", hasKey("version"))
                .body("explanation.queries[0].kind", equalTo("query"))
                .body("explanation.queries[0].dense.eligible", equalTo(2))
                .body("explanation.queries[0].lexical.words.form", hasItem("dental"))
                .body("explanation.queries[0].fusion.method", equalTo("adaptive"))
                .body("explanation.hits[0].chunkId", equalTo("plan#000"))
                .body("explanation.hits[0].queries[0].denseRank", equalTo(1));
        given().contentType("application/json")
                .body("{\"query\": \"dental\"}")
                .post(PATH + "?explain=true")
                .then()
                .statusCode(200)
                .body("explanation.stages.name", hasItem("total"));
        given().contentType("application/json")
                .body("{\"query\": \"dental\"}")
                .post(PATH + "?explain=yes")
                .then()
                .statusCode(400)
                .body("reason", equalTo("INVALID_EXPLAIN"))
                .body("detail", equalTo("explain is 'yes', must be true or false"));
    }

    @Test
    void keepsASearchToBeLookedAtAndReplayed() {
        String id = post("{\"query\": \"dental cleanings\", \"topK\": 2, \"filter\": \"exists author\"}")
                .statusCode(200)
                .extract()
                .path("searchId");
        String path = "/v1/collections/test/searches/" + id;
        given().get(path)
                .then()
                .statusCode(200)
                .body("searchId", equalTo(id))
                .body("query", equalTo("dental cleanings"))
                .body("topK", equalTo(2))
                .body("mode", equalTo("hybrid"))
                .body("filter", equalTo("author exists"))
                .body("hits", hasSize(2))
                .body("hits[0].chunkId", equalTo("plan#000"))
                .body("hits[0].visible", equalTo(true))
                .body("hits[0].scores.keySet()", hasSize(3))
                .body("hits[0]", not(hasKey("text")));
        given().post(path + "/replay")
                .then()
                .statusCode(200)
                .body("hits.outcome", equalTo(List.of("same", "same")))
                .body("then.searchId", equalTo(id))
                .body("now.hits[0].text", containsString("two cleanings"))
                .body("now", not(hasKey("searchId")))
                .body("now", not(hasKey("explanation")))
                .body("indexChanges", hasSize(0));
        given().post(path + "/replay?explain=true")
                .then()
                .statusCode(200)
                .body("now.explanation.stages.name", hasItem("rewrite"));
        given().get("/v1/collections/test/searches/unknown")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("reason", equalTo("SEARCH_NOT_FOUND"));
        given().get("/v1/collections/other/searches/" + id)
                .then()
                .statusCode(404)
                .body("reason", equalTo("SEARCH_NOT_FOUND"));
    }

    @Test
    void takesQuotesForPhrases() {
        post("{\"query\": \"\\\"covers two cleanings\\\" parking\"}")
                .statusCode(200)
                .body("hits.chunkId", equalTo(List.of("plan#000")));
        post("{\"query\": \"\\\"two covers\\\" parking\"}").statusCode(200).body("hits", hasSize(0));
        refuses(
                "{\"query\": \"%s\"}".formatted("\\\"a\\\" ".repeat(9)),
                400,
                "TOO_MANY_PHRASES",
                "9 phrases in quotes, must have at most 8");
    }

    @Test
    void arrangesTheHits() {
        post("{\"query\": \"covered once dental parking\", \"perDocument\": 1, \"diversity\": 0.3, \"expand\": 1}")
                .statusCode(200)
                .body("hits.documentId", hasSize(2))
                .body("hits.documentId.unique()", hasSize(2))
                .body("$", not(hasKey("nothingRelevant")));
        post("{\"query\": \"dental cleanings\", \"minScore\": 1.0}")
                .statusCode(200)
                .body("hits", hasSize(0))
                .body("nothingRelevant", equalTo(true))
                .body("belowMinScore", equalTo(3));
        post("{\"query\": \"dental cleanings\", \"minScore\": -1}")
                .statusCode(200)
                .body("hits", hasSize(3))
                .body("nothingRelevant", equalTo(false))
                .body("belowMinScore", equalTo(0));
    }

    @Test
    void refusesArrangementsOutOfBounds() {
        refuses("{\"query\": \"x\", \"diversity\": 1.5}", 400, "INVALID_DIVERSITY", "diversity is 1.5, must be 0 to 1");
        refuses("{\"query\": \"x\", \"perDocument\": 0}", 400, "INVALID_PER_DOCUMENT", "is 0, must be 1 to 1000");
        refuses("{\"query\": \"x\", \"expand\": 11}", 400, "INVALID_EXPAND", "expand is 11, must be 0 to 10");
        refuses("{\"query\": \"x\", \"minScore\": 2}", 400, "INVALID_MIN_SCORE", "2.0, must be a cosine similarity");
        refuses(
                "{\"query\": \"x\", \"minScore\": -1, \"mode\": \"lexical\"}",
                400,
                "INVALID_MIN_SCORE",
                "-1.0, must be a BM25 score");
        post("{\"query\": \"x\", \"minScore\": 20, \"mode\": \"lexical\"}").statusCode(200);
    }

    @Test
    void goesOnWithoutVectorsAndSaysSo() {
        FakeEmbedService.down = true;
        post("{\"query\": \"dental plan once\"}")
                .statusCode(200)
                .body("degraded", equalTo(List.of("dense")))
                .body("hits.documentId", hasItem("plan"))
                .body("hits[0].scores.keySet()", equalTo(java.util.Set.of("lexical")));
        refuses("{\"query\": \"dental plan twice\", \"mode\": \"dense\"}", 503, "MODEL_NOT_LOADED", "not yet");
    }

    @Test
    void goesOnWithoutVectorsWhenTheyTakeTooLong() {
        FakeEmbedService.hangs = true;
        post("{\"query\": \"dental plan thrice\"}").statusCode(200).body("degraded", equalTo(List.of("dense")));
        refuses("{\"query\": \"dental thrice\", \"mode\": \"dense\"}", 503, "EMBEDDING_UNAVAILABLE", "");
    }

    @Test
    void neverMixesModels() {
        FakeEmbedService.revision = "another";
        post("{\"query\": \"dental plan four times\"}").statusCode(200).body("degraded", equalTo(List.of("dense")));
        refuses("{\"query\": \"dental four\", \"mode\": \"dense\"}", 503, "MODEL_MISMATCH", "hashed-words@another");
    }

    @Test
    void cutsAQueryThatDoesNotFitTheModelAndSaysSo() {
        post("{\"query\": \"%s\"}".formatted("dental plan ".repeat(300)))
                .statusCode(200)
                .body("degraded", equalTo(List.of("dense-query-truncated")))
                .body("hits[0].documentId", equalTo("plan"));
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        refuses("{\"query\": \"\"}", 400, "EMPTY_QUERY", "at least 1");
        refuses("{\"query\": \" \\n\\t \"}", 400, "EMPTY_QUERY", "at least 1");
        refuses("{}", 400, "EMPTY_QUERY", "at least 1");
        refuses("{\"query\": null}", 400, "EMPTY_QUERY", "at least 1");
        refuses(
                "{\"query\": \"%s\"}".formatted("x".repeat(100_000)),
                400,
                "QUERY_TOO_LONG",
                "100000 characters, must have at most 8192");
        refuses("{\"query\": \"x\", \"topK\": 0}", 400, "INVALID_TOP_K", "topK is 0, must be 1 to 1000");
        refuses("{\"query\": \"x\", \"topK\": -3}", 400, "INVALID_TOP_K", "topK is -3");
        refuses("{\"query\": \"x\", \"topK\": 1000000}", 400, "INVALID_TOP_K", "topK is 1000000, must be 1 to 1000");
        refuses(
                "{\"query\": \"x\", \"mode\": \"sparse\"}",
                400,
                "INVALID_MODE",
                "'sparse', must be one of [hybrid, dense, lexical]");
        refuses("{\"query\": \"x\", \"fusion\": \"sum\"}", 400, "INVALID_FUSION", "'sum'");
    }

    @Test
    void takesTheLargestThatIsAllowed() {
        post("{\"query\": \"%s\", \"topK\": 1000}".formatted("x".repeat(8192))).statusCode(200);
        StringBuilder words = new StringBuilder();
        for (int i = 0; words.length() < 8000; i++) {
            words.append(Integer.toString(i, 36)).append(' ');
        }
        post("{\"query\": \"%s\"}".formatted(words))
                .statusCode(200)
                .body("degraded", hasItem("lexical-query-truncated"));
    }

    @Test
    void refusesFiltersThatAreNone() {
        refuses("{\"query\": \"x\", \"filter\": []}", 400, "INVALID_FILTER", "filter: found [], must be an object");
        refuses("{\"query\": \"x\", \"filter\": 5}", 400, "INVALID_FILTER", "filter: found 5, must be an object");
        refuses("{\"query\": \"x\", \"filter\": \"\"}", 400, "INVALID_FILTER", "column 1: expected a field");
        refuses("{\"query\": \"x\", \"filter\": \"a > b\"}", 400, "INVALID_FILTER", "column 5: expected a number");
        refuses("{\"query\": \"x\", \"filter\": {\"a\": null}}", 400, "INVALID_FILTER", "filter.a: found null");
        refuses("{\"query\": \"x\", \"filter\": {\"a\": {\"b\": 1}}}", 400, "INVALID_FILTER", "filter.a.b: ");
        refuses("{\"query\": \"x\", \"filter\": {\"a\": []}}", 400, "INVALID_FILTER", "0 values");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "\"x\"",
                "42",
                "query=x",
                "{\"query\": 5}",
                "{\"query\": \"x\"} trailing",
                "{\"query\": \"x\", \"topK\": \"5\"}",
                "{\"query\": \"x\", \"topK\": 2.7}",
                "{\"query\": \"x\", \"topK\": 1e400}",
                "{\"query\": \"x\", \"topK\": 99999999999}",
                "{\"query\": \"x\", \"topk\": 5}",
                "{\"query\": [\"x\"]}",
            })
    void refusesABodyThatIsNoSearch(String body) {
        post(body).statusCode(400).contentType("application/problem+json").body("reason", equalTo("MALFORMED_BODY"));
    }

    @Test
    void refusesInvalidUtf8() throws Exception {
        byte[] body = "{\"query\": \"caf_\"}".getBytes(StandardCharsets.UTF_8);
        body[14] = (byte) 0xE9;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(io.restassured.RestAssured.port, PATH)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("MALFORMED_BODY", "UTF-8");
        }
    }

    @Test
    void refusesNestingWithoutEnd() {
        refuses("{\"query\": \"x\", \"filter\": " + "[".repeat(2_000), 400, "MALFORMED_BODY", "nesting");
    }

    @Test
    void takesAHalfOfASurrogatePairForACharacter() {
        post("{\"query\": \"\\ud800 dental\"}").statusCode(200).body("hits[0].documentId", equalTo("plan"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nowhere",
                "UPPER",
                "..%2F..%2Fetc",
                "a%00b",
                "%2e%2e",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void doesNotKnowOtherCollections(String collection) {
        given().urlEncodingEnabled(false)
                .contentType("application/json")
                .body("{\"query\": \"x\"}")
                .post("/v1/collections/" + collection + "/search")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void namesTheUnknownCollection() {
        given().contentType("application/json")
                .body("{\"query\": \"x\"}")
                .post("/v1/collections/nowhere/search")
                .then()
                .statusCode(404)
                .body("reason", equalTo("COLLECTION_NOT_FOUND"))
                .body("detail", containsString("'nowhere'"));
    }

    @Test
    void refusesOtherTypesAndMethods() {
        given().contentType("text/plain")
                .body("x")
                .post(PATH)
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
        given().get(PATH).then().statusCode(405).contentType("application/problem+json");
    }

    @Test
    void refusesABodyThatIsFarTooLarge() throws IOException {
        // Only announced: whoever sends it all may find the connection closed before the answer is read.
        String request = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n".formatted(PATH)
                + "Content-Length: 5000000\r\n\r\n{";
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void showsHealthMetricsAndItsInterface() {
        post("{\"query\": \"dental\"}").statusCode(200);
        given().get("/q/health/live").then().statusCode(200);
        String metrics =
                given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(metrics)
                .contains(
                        "quintet_retrieve_stage_seconds",
                        "quintet_retrieve_passages{",
                        "quintet_retrieve_staged_parts",
                        "quintet_retrieve_commit_seconds");
        given().get("/q/openapi").then().statusCode(200).body(containsString("/v1/collections/{collection}/search"));
    }
}
