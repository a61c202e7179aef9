package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static quintet.ingest.Eventually.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.ingest.FakeGenerations;
import quintet.ingest.IngestTestResource;
import quintet.ingest.LoopbackPublisher;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.IndexChoice;
import quintet.ingest.pipeline.IngestPipeline;

/** Re-indexes over real HTTP, with a real database; the index is what a test says. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class ReindexResourceIT {
    private static final String DOCUMENT = "/v1/collections/{collection}/documents/{id}";
    private static final String REINDEX = "/v1/collections/{collection}/reindex";
    private static final String QUESTIONS = "/v1/collections/{collection}/questions";

    @Inject
    LoopbackPublisher broker;

    @Inject
    IngestPipeline pipeline;

    @Inject
    FakeGenerations index;

    private static long put(String collection, String id, String text) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("text", text, "title", id))
                .put(DOCUMENT, collection, id)
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getLong("version");
    }

    /** Waits until a version is cut in a generation, and makes searches find it there. */
    private int ready(String generation, String id, long version) {
        await(() -> chunks(generation, id, version) > 0);
        int chunks = chunks(generation, id, version);
        pipeline.indexed(DocumentRef.of(generation, id, version), chunks, Instant.now());
        return chunks;
    }

    private int chunks(String generation, String id, long version) {
        return broker.chunksOf(id).stream()
                .filter(part -> part.getCollection().equals(generation) && part.getVersion() == version)
                .mapToInt(part -> part.getChunkCount())
                .findFirst()
                .orElse(0);
    }

    private static String state(String collection) {
        return given().get(REINDEX, collection).then().statusCode(200).extract().path("state");
    }

    private static ValidatableResponse post(String collection, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post(REINDEX, collection)
                .then();
    }

    private static ValidatableResponse act(String collection, String action) {
        return given().post(REINDEX + "/" + action, collection).then();
    }

    private static void questions(String collection, String body) {
        given().contentType(ContentType.JSON)
                .body(body)
                .put(QUESTIONS, collection)
                .then()
                .statusCode(200);
    }

    private static String text() {
        return "Every employee has leave. ".repeat(200);
    }

    @Test
    void buildsComparesSwitchesAndGoesBackWhileDocumentsComeAndGo() {
        int before = ready("blue", "leave", put("blue", "leave", text()));
        ready("blue", "travel", put("blue", "travel", "Travel is paid for."));
        questions(
                "blue",
                "{\"questions\": [{\"query\": \"leave?\", \"relevant\": {\"leave\": 2}}, {\"query\": \"else?\"}]}");

        post(
                        "blue",
                        "{\"chunking\": {\"strategy\": \"recursive\", \"maxTokens\": 64, \"targetTokens\": 48,"
                                + " \"overlapTokens\": 0}, \"index\": {\"kind\": \"hnsw\", \"parameters\": {\"m\": 8}}}")
                .statusCode(202)
                .body("collection", equalTo("blue"))
                .body("order.chunking.strategy", equalTo("recursive"))
                .body("order.index.kind", equalTo("hnsw"))
                .body("order.switch", equalTo("auto"))
                .body("order.maxNdcgLoss", equalTo(0.01f));
        assertThat(index.kinds()).containsEntry("blue~2", new IndexChoice("hnsw", Map.of("m", 8)));
        post("blue", "{}").statusCode(409).body("reason", equalTo("REINDEX_ACTIVE"));
        long added = put("blue", "added", "Added meanwhile.");
        ready("blue", "added", added);
        given().delete(DOCUMENT, "blue", "travel").then().statusCode(202);
        given().get("/v1/collections").then().body("collections.name", not(hasItem("blue~2")));

        int after = ready("blue~2", "leave", 1);
        assertThat(after).as("cut anew").isGreaterThan(before);
        ready("blue~2", "added", added);
        await(() -> state("blue").equals("SWITCHED"));
        given().get(REINDEX, "blue")
                .then()
                .body("comparison.questions", equalTo(2))
                .body("comparison.judged", equalTo(1))
                .body("comparison.ndcgBefore", equalTo(1f))
                .body("comparison.overlap", equalTo(1f))
                .body("comparison.table", hasSize(2))
                .body("progress.documents", equalTo(2))
                .body("progress.ready", equalTo(2))
                .body("next", contains("rollback", "finish"));
        assertThat(index.searched("blue")).isEqualTo("blue~2");
        given().get(DOCUMENT, "blue", "leave")
                .then()
                .statusCode(200)
                .body("collection", equalTo("blue"))
                .body("chunkCount", equalTo(after));
        given().get("/v1/collections/blue")
                .then()
                .body("name", equalTo("blue"))
                .body("documents", equalTo(2))
                .body("settings.chunking.strategy", equalTo("recursive"));
        given().get(DOCUMENT + "/receipt", "blue", "travel")
                .then()
                .statusCode(200)
                .body("collection", equalTo("blue"));

        act("blue", "rollback").statusCode(200).body("state", equalTo("ROLLED_BACK"));
        assertThat(index.searched("blue")).isEqualTo("blue");
        given().get(DOCUMENT, "blue", "leave").then().body("chunkCount", equalTo(before));
        act("blue", "switch").statusCode(200).body("state", equalTo("SWITCHED"));
        act("blue", "finish").statusCode(200).body("state", equalTo("FINISHED")).body("progress", nullValue());
        given().get(DOCUMENT, "blue", "leave").then().body("chunkCount", equalTo(after));
        assertThat(index.searched("blue")).isEqualTo("blue~2");
        put("blue", "last", "After all.");
        await(() -> chunks("blue~2", "last", 1) > 0);
        assertThat(chunks("blue", "last", 1)).isZero();
    }

    @Test
    void isHeldWithASentenceThatSaysWhatToDoAndDiscarded() {
        ready("held", "leave", put("held", "leave", "Leave."));
        post("held", "{\"chunking\": {\"strategy\": \"heading\"}}").statusCode(202);
        ready("held~2", "leave", 1);
        await(() -> state("held").equals("HELD"));
        given().get(REINDEX, "held")
                .then()
                .body("reason", equalTo("NO_QUESTIONS"))
                .body("next", contains("compare", "switch", "discard"));
        given().contentType(ContentType.JSON)
                .body("{\"deduplication\":{\"fuzzy\":true}}")
                .patch("/v1/collections/held")
                .then()
                .statusCode(409)
                .body("reason", equalTo("REINDEX_ACTIVE"));
        act("held", "rollback").statusCode(409).body("reason", equalTo("REINDEX_STATE"));
        questions("held", "{\"questions\": [{\"query\": \"leave?\", \"relevant\": [\"leave\"]}]}");
        index.setFound("held~2", List.of("travel", "leave"));
        act("held", "compare").statusCode(200);
        await(() -> "BOUND_NOT_HELD".equals(given().get(REINDEX, "held").path("reason")));
        given().delete(REINDEX, "held").then().statusCode(200).body("state", equalTo("DISCARDED"));
        given().get(DOCUMENT, "held", "leave").then().statusCode(200).body("state", equalTo("READY"));
        assertThat(index.searched("held")).isEqualTo("held");
        given().delete(REINDEX, "held").then().statusCode(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"chunking": {"strategy": "no"}}        | INVALID_SETTINGS
                    {"chunking": {"words": 1}}              | UNKNOWN_FIELD
                    {"chunk": {}}                           | UNKNOWN_FIELD
                    {"index": {}}                           | INVALID_REINDEX
                    {"index": {"kind": "ivf"}}              | INVALID_INDEX
                    {"index": {"kind": "hnsw", "parameters": {"m": 1.5}}} | INVALID_REINDEX
                    {"switch": "perhaps"}                   | INVALID_REINDEX
                    {"maxNdcgLoss": 2}                      | INVALID_REINDEX
                    {"minOverlap": "all"}                   | INVALID_REINDEX
                    {"model": "bge-large"}                  | MODEL_IS_THE_SERVICES
                    """)
    void refusesWhatItCanNotDo(String body, String reason) {
        put("refusing", "a" + Math.abs(body.hashCode()), "A document.");
        post("refusing", body).statusCode(400).body("reason", equalTo(reason));
        given().get(REINDEX, "refusing").then().statusCode(404).body("reason", equalTo("REINDEX_NOT_FOUND"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                          | INVALID_QUESTIONS
                    {"questions": [{"query": " "}]}                             | INVALID_QUESTIONS
                    {"questions": [{"relevant": ["a"]}]}                        | INVALID_QUESTIONS
                    {"questions": [{"query": "a", "relevant": {"b": 0}}]}       | INVALID_QUESTIONS
                    {"questions": [{"query": "a", "relevant": {"b": 1.5}}]}     | INVALID_QUESTIONS
                    {"questions": [{"query": "a", "relevant": "b"}]}            | INVALID_QUESTIONS
                    {"questions": [{"query": "a", "answers": []}]}              | UNKNOWN_FIELD
                    """)
    void refusesWhatAreNoQuestions(String body, String reason) {
        put("asking", "a" + Math.abs(body.hashCode()), "A document.");
        given().contentType(ContentType.JSON)
                .body(body)
                .put(QUESTIONS, "asking")
                .then()
                .statusCode(400)
                .body("reason", equalTo(reason));
        given().get(QUESTIONS, "asking").then().statusCode(200).body("questions", hasSize(0));
    }

    @Test
    void unknownCollectionsHaveNeitherQuestionsNorGenerations() {
        post("nowhere", "{}").statusCode(404).body("reason", equalTo("COLLECTION_NOT_FOUND"));
        given().get(QUESTIONS, "nowhere").then().statusCode(404).body("reason", equalTo("COLLECTION_NOT_FOUND"));
        given().get(DOCUMENT, "nowhere~2", "a").then().statusCode(400).body("reason", equalTo("INVALID_COLLECTION"));
    }
}
