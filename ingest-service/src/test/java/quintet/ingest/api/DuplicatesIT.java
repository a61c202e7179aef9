package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.ingest.Eventually;
import quintet.ingest.HashingEmbedder;
import quintet.ingest.IngestTestResource;
import quintet.ingest.LoopbackPublisher;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.model.DeduplicationSettings;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.pipeline.CollectionPipeline;
import quintet.ingest.pipeline.IngestPipeline;

/** Documents that say the same, over HTTP and a real database; broker and embed-service are those of the test. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class DuplicatesIT {
    private static final String DOCUMENT = "/v1/collections/{collection}/documents/{id}";
    private static final String TEXT = "The annual fee for the parking garage is forty euros and is due in the month of"
            + " March, and those who cancel before the end of February get back half of what they have paid so far.";

    @Inject
    LoopbackPublisher broker;

    @Inject
    HashingEmbedder embedder;

    @Inject
    IngestPipeline pipeline;

    @Inject
    CollectionPipeline collections;

    @Test
    void embedsTheSameTextOnceAndShowsWhoAnswersForWhom() {
        put("equal", "equal-a", TEXT, Map.of());
        awaitState("equal", "equal-a", "CHUNKED");
        put("equal", "equal-b", TEXT.toUpperCase(java.util.Locale.ROOT) + "  \n", Map.of());
        JsonPath waiting = await("equal", "equal-b", document -> document.get("duplicateOf") != null);
        assertThat(waiting.getString("state")).isEqualTo("CHUNKED");
        assertThat(waiting.getString("duplicateOf.documentId")).isEqualTo("equal-a");
        assertThat(waiting.getString("duplicateOf.kind")).isEqualTo("EXACT");
        assertThat(waiting.getDouble("duplicateOf.score")).isEqualTo(1);
        pipeline.indexed(DocumentRef.of("equal", "equal-a", 1), 1, Instant.now());
        assertThat(awaitState("equal", "equal-b", "READY").getInt("chunkCount")).isZero();
        JsonPath original = get("equal", "equal-a");
        assertThat(original.getInt("aliases.count")).isEqualTo(1);
        assertThat(original.getList("aliases.documentIds")).isEqualTo(List.of("equal-b"));
        assertThat(broker.chunksOf("equal-b")).isEmpty();
        given().get("/q/metrics").then().body(containsString("quintet_ingest_duplicates_total{kind=\"EXACT\""));
    }

    @Test
    void theSameBytesAreReadOnce() {
        put("bytes", "first", TEXT, Map.of());
        awaitState("bytes", "first", "CHUNKED");
        double read = filesRead();
        put("bytes", "second", TEXT, Map.of());
        JsonPath second = awaitState("bytes", "second", "CHUNKED");
        assertThat(second.getString("duplicateOf.documentId")).isEqualTo("first");
        JsonPath first = get("bytes", "first");
        assertThat(second.getString("language"))
                .isEqualTo(first.getString("language"))
                .isEqualTo("en");
        assertThat(second.getString("mimeType")).isEqualTo(first.getString("mimeType"));
        assertThat(filesRead()).isEqualTo(read);
    }

    private static double filesRead() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("quintet_ingest_parse_seconds_count"))
                .mapToDouble(
                        line -> Double.parseDouble(line.replaceAll(" #.*", "").replaceAll(".* ", "")))
                .sum();
    }

    @Test
    void theAliasIsEmbeddedWhenTheOriginalIsDeleted() {
        put("taking-over", "first", TEXT, Map.of());
        awaitState("taking-over", "first", "CHUNKED");
        pipeline.indexed(DocumentRef.of("taking-over", "first", 1), 1, Instant.now());
        put("taking-over", "second", TEXT, Map.of());
        awaitState("taking-over", "second", "READY");
        given().delete(DOCUMENT, "taking-over", "first").then().statusCode(202);
        JsonPath second = await(
                "taking-over", "second", document -> document.getString("state").equals("CHUNKED"));
        assertThat(second.getInt("version")).isEqualTo(2);
        assertThat((Object) second.get("duplicateOf")).isNull();
        Eventually.await(() -> !broker.chunksOf("second").isEmpty());
        assertThat(broker.chunksOf("second")).singleElement().satisfies(event -> {
            assertThat(event.getVersion()).isEqualTo(2);
            assertThat(event.getChunks(0).getText()).contains("parking garage");
        });
    }

    @Test
    void equalDocumentsAtOnceHaveOneSetOfChunks() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String id = "at-once-" + i;
            // Nobody waits: they are processed side by side.
            put("at-once", id, "Words that six people send at once. " + TEXT, Map.of());
            ids.add(id);
        }
        ids.forEach(id -> awaitState("at-once", id, "CHUNKED"));
        assertThat(ids)
                .filteredOn(id -> get("at-once", id).get("duplicateOf") == null)
                .hasSize(1);
        Eventually.await(() -> ids.stream().anyMatch(id -> !broker.chunksOf(id).isEmpty()));
        assertThat(ids).filteredOn(id -> !broker.chunksOf(id).isEmpty()).hasSize(1);
    }

    @Test
    void whatAFilterTellsApartIsNoDuplicate() {
        put("metadata", "hr", TEXT, Map.of("group", "hr"));
        awaitState("metadata", "hr", "CHUNKED");
        put("metadata", "all", TEXT, Map.of("group", "all"));
        Eventually.await(() -> !broker.chunksOf("all").isEmpty());
        assertThat((Object) awaitState("metadata", "all", "CHUNKED").get("duplicateOf"))
                .isNull();
    }

    @Test
    void eachKindIsFoundWhereTheCollectionWantsIt() {
        String reworded = TEXT.replace("those who", "people who");
        String reordered = TEXT.substring(TEXT.indexOf("is due")) + " " + TEXT.substring(0, TEXT.indexOf("is due"));
        set("off", new DeduplicationSettings(false, false, 0.8, false, 0.95));
        set("fuzzy", new DeduplicationSettings(true, true, 0.8, false, 0.95));
        set("semantic", new DeduplicationSettings(true, false, 0.8, true, 0.95));
        for (String collection : List.of("off", "fuzzy", "semantic")) {
            put(collection, "a-" + collection, TEXT, Map.of());
            awaitState(collection, "a-" + collection, "CHUNKED");
        }
        put("off", "same", TEXT, Map.of());
        put("fuzzy", "reworded", reworded, Map.of());
        put("fuzzy", "reordered", reordered.substring(0, 60), Map.of());
        put("semantic", "reordered", reordered, Map.of());
        assertThat((Object) awaitState("off", "same", "CHUNKED").get("duplicateOf"))
                .isNull();
        JsonPath fuzzy = awaitState("fuzzy", "reworded", "CHUNKED");
        assertThat(fuzzy.getString("duplicateOf.kind")).isEqualTo("FUZZY");
        // 3 of 34 shingles are others on each side.
        assertThat(fuzzy.getDouble("duplicateOf.score")).isBetween(0.8, 0.9);
        assertThat((Object) awaitState("fuzzy", "reordered", "CHUNKED").get("duplicateOf"))
                .isNull();
        JsonPath semantic = awaitState("semantic", "reordered", "CHUNKED");
        assertThat(semantic.getString("duplicateOf.kind")).isEqualTo("SEMANTIC");
        assertThat(semantic.getDouble("duplicateOf.score")).isGreaterThan(0.95);
    }

    @Test
    void aModelThatIsDownIsWaitedFor() {
        set("outage-of-meaning", new DeduplicationSettings(true, false, 0.8, true, 0.95));
        DocumentRef ref = DocumentRef.of("outage-of-meaning", "a", 1);
        embedder.setDown(true);
        try {
            put("outage-of-meaning", "a", TEXT, Map.of());
            assertThatThrownBy(() -> pipeline.process(ref))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
            assertThat(get("outage-of-meaning", "a").getString("state")).isEqualTo("RECEIVED");
            assertThat(broker.chunksOf("a"))
                    .noneMatch(event -> event.getCollection().equals("outage-of-meaning"));
        } finally {
            embedder.setDown(false);
        }
        pipeline.process(ref);
        awaitState("outage-of-meaning", "a", "CHUNKED");
    }

    private void set(String collection, DeduplicationSettings settings) {
        collections.put(collection, new CollectionSettings(null, settings));
    }

    private static void put(String collection, String id, String text, Map<String, String> metadata) {
        given().contentType(ContentType.JSON)
                .body(Map.of("text", text, "filename", id + ".txt", "metadata", metadata))
                .put(DOCUMENT, collection, id)
                .then()
                .statusCode(202);
    }

    private static JsonPath get(String collection, String id) {
        return given().get(DOCUMENT, collection, id).jsonPath();
    }

    private static JsonPath awaitState(String collection, String id, String state) {
        return await(collection, id, document -> state.equals(document.getString("state")));
    }

    private static JsonPath await(String collection, String id, java.util.function.Predicate<JsonPath> condition) {
        JsonPath[] last = new JsonPath[1];
        Eventually.await(() -> {
            last[0] = get(collection, id);
            return condition.test(last[0]);
        });
        return last[0];
    }
}
