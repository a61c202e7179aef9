package quintet.retrieve.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Typed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quintet.retrieve.adapter.qdrant.QdrantResource;

/** The same searches when the index lies in Qdrant. As a bean it is no {@link SearchResourceTest}, of which there is one. */
@QuarkusTest
@QuarkusTestResource(value = QdrantResource.class, restrictToAnnotatedClass = true)
@Typed(QdrantSearchResourceTest.class)
class QdrantSearchResourceTest extends SearchResourceTest {
    @Test
    void isReadyAndSaysWhereTheIndexIs() {
        given().get("/q/health/ready")
                .then()
                .body("checks.find { it.name == 'vector store' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'vector store' }.data.store", equalTo("qdrant 1.18.3"));
    }

    @Test
    @Override
    void takesQuotesForPhrases() {
        refuses(
                "{\"query\": \"\\\"covers two cleanings\\\" parking\"}",
                400,
                "PHRASES_UNSUPPORTED",
                "which this store can not look for");
    }

    @Test
    @Override
    void arrangesTheHits() {
        post("{\"query\": \"covered once dental parking\", \"perDocument\": 1, \"diversity\": 0.3}")
                .statusCode(200)
                .body("hits.documentId", hasSize(2));
        refuses("{\"query\": \"dental\", \"expand\": 1}", 400, "EXPAND_UNSUPPORTED", "");
        post("{\"query\": \"dental cleanings\", \"minScore\": 1.0}")
                .statusCode(200)
                .body("hits", hasSize(0))
                .body("nothingRelevant", equalTo(true));
    }

    @Test
    void choosesAKindOfIndexThatQdrantHas() {
        given().contentType("application/json")
                .body(Map.of("kind", "hnsw", "parameters", Map.of("bits", 8)))
                .put("/v1/collections/test/index")
                .then()
                .statusCode(200)
                .body("parameters.bits", equalTo(8))
                .body("ready", equalTo(true));
        given().contentType("application/json")
                .body(Map.of("kind", "lsh"))
                .put("/v1/collections/test/index")
                .then()
                .statusCode(400)
                .body("reason", equalTo("INVALID_INDEX"))
                .body("detail", containsString("Qdrant has no index of kind 'lsh'"));
    }
}
