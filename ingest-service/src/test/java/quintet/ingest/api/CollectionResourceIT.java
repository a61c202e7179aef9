package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.ingest.IngestTestResource;
import quintet.ingest.model.ChunkingStrategy;
import quintet.ingest.model.DeduplicationSettings;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.port.CollectionRegistry;

/** Collections over real HTTP, with a real database. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class CollectionResourceIT {
    private static final String COLLECTION = "/v1/collections/{collection}";

    @Inject
    CollectionRegistry registry;

    @Test
    void createsReplacesAndChangesSettings() {
        put("made", "{\"chunking\":{\"strategy\":\"recursive\",\"maxTokens\":128},\"deduplication\":{\"fuzzy\":true}}")
                .statusCode(201)
                .body("name", equalTo("made"))
                .body("documents", equalTo(0))
                .body("settings.chunking.strategy", equalTo("recursive"))
                .body("settings.chunking.maxTokens", equalTo(128))
                .body("settings.deduplication.fuzzy", equalTo(true))
                .body("settings.deduplication.fuzzyThreshold", equalTo(0.8f))
                .body("notice", nullValue());
        patch("made", "{\"deduplication\":{\"fuzzyThreshold\":0.9}}")
                .statusCode(200)
                .body("settings.chunking.maxTokens", equalTo(128))
                .body("settings.deduplication.fuzzy", equalTo(true))
                .body("settings.deduplication.fuzzyThreshold", equalTo(0.9f));
        patch("made", "{\"chunking\":null}").statusCode(200).body("settings.chunking.strategy", equalTo("structure"));
        put("made", "").statusCode(200).body("settings.deduplication.fuzzy", equalTo(false));
        assertThat(registry.settings("made").chunking()).isNull();
        assertThat(registry.settings("made").deduplication()).isEqualTo(DeduplicationSettings.DEFAULT);
        given().get("/v1/collections").then().statusCode(200).body("collections.name", hasItem("made"));
    }

    @Test
    void aStrategyComesWithSizesOfItsOwn() {
        put("sized", "{\"chunking\":{\"strategy\":\"parent-child\"}}")
                .statusCode(201)
                .body("settings.chunking.maxTokens", equalTo(128))
                .body("settings.chunking.overlapTokens", equalTo(0))
                .body("settings.chunking.parentTokens", equalTo(512));
        patch("sized", "{\"chunking\":{\"maxTokens\":64}}")
                .statusCode(200)
                .body("settings.chunking.strategy", equalTo("parent-child"))
                .body("settings.chunking.maxTokens", equalTo(64));
        patch("sized", "{\"chunking\":{\"strategy\":\"structure\"}}")
                .statusCode(200)
                .body("settings.chunking.maxTokens", equalTo(288));
    }

    @Test
    void newChunkingHoldsForDocumentsThatArePutFromThenOn() {
        String text = "{\"text\":\"The same words as before.\"}";
        putDocument("changing", text).statusCode(202);
        putDocument("changing", text).statusCode(200);
        assertThat(registry.chunkingOf(DocumentRef.of("changing", "a", 1))).isEmpty();
        patch("changing", "{\"chunking\":{\"strategy\":\"heading\"}}")
                .statusCode(200)
                .body("documents", equalTo(1))
                .body("counts", notNullValue())
                .body("notice", containsString("1 that are there keep their chunks"));
        putDocument("changing", text).statusCode(202).body("version", equalTo(2));
        assertThat(registry.chunkingOf(DocumentRef.of("changing", "a", 2)))
                .hasValueSatisfying(chunking -> assertThat(chunking.strategy()).isEqualTo(ChunkingStrategy.HEADING));
        putDocument("changing", text).statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"chunking\":{\"maxTokens\":9999}}; INVALID_SETTINGS; chunking.maxTokens is 9999, must be 32 to 510",
                "{\"chunking\":{\"maxTokens\":\"many\"}}; INVALID_SETTINGS; maxTokens is \"many\"",
                "{\"chunking\":{\"maxTokens\":64,\"overlapTokens\":60}}; INVALID_SETTINGS; overlapTokens is 60, must be 0 to 48",
                "{\"chunking\":{\"strategy\":\"best\"}}; INVALID_SETTINGS; strategy is \"best\", must be one of [structure",
                "{\"chunking\":{\"breakpointPercentile\":100}}; INVALID_SETTINGS; breakpointPercentile is 100",
                "{\"deduplication\":{\"fuzzyThreshold\":0.1}}; INVALID_SETTINGS; fuzzyThreshold is 0.1, must be 0.5 to 1",
                "{\"deduplication\":{\"exact\":1}}; INVALID_SETTINGS; exact is 1, must be true or false",
                "{\"colour\":\"red\"}; UNKNOWN_FIELD; the body has a field 'colour'",
                "{\"chunking\":{\"size\":1}}; UNKNOWN_FIELD; chunking has a field 'size'",
                "{\"chunking\":7}; MALFORMED_BODY; chunking is not a JSON object",
                "[]; MALFORMED_BODY; the body is not a JSON object",
                "{; MALFORMED_BODY; the body is not the JSON that is expected"
            })
    void refusesWhatIsNotSettings(String body, String reason, String detail) {
        put("refused", body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("reason", equalTo(reason))
                .body("detail", containsString(detail));
        given().get(COLLECTION, "refused").then().statusCode(404).body("reason", equalTo("COLLECTION_NOT_FOUND"));
    }

    @Test
    void refusesNamesThatAreNone() {
        put("Not a name", "{}").statusCode(400).body("reason", equalTo("INVALID_COLLECTION"));
        patch("absent", "{}").statusCode(404).body("reason", equalTo("COLLECTION_NOT_FOUND"));
    }

    private static ValidatableResponse put(String collection, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .put(COLLECTION, collection)
                .then();
    }

    private static ValidatableResponse patch(String collection, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .patch(COLLECTION, collection)
                .then();
    }

    private static ValidatableResponse putDocument(String collection, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .put(COLLECTION + "/documents/a", collection)
                .then();
    }
}
