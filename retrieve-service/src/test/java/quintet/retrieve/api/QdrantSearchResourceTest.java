package quintet.retrieve.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

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
