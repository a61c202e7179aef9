package quintet.retrieve.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service when it is told of a Qdrant that does not answer: it runs, is not ready, and says why. */
@QuarkusTest
@QuarkusTestResource(FakeEmbedService.class)
@TestProfile(QdrantUnreachableTest.Unreachable.class)
class QdrantUnreachableTest {
    /** Nothing listens on the port of discarded bytes. */
    public static class Unreachable implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quintet.retrieve.qdrant.url", "http://127.0.0.1:9", "quintet.retrieve.qdrant.read-timeout", "1s");
        }
    }

    @Test
    void isNotReadyAndSaysWhy() {
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'vector store' }.status", equalTo("DOWN"))
                .body("checks.find { it.name == 'vector store' }.data.reason", equalTo("VECTOR_STORE_UNAVAILABLE"));
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void answersWithTheReason() {
        given().contentType("application/json")
                .body(Map.of("query", "word"))
                .post("/v1/collections/any/search")
                .then()
                .statusCode(503)
                .body("reason", equalTo("VECTOR_STORE_UNAVAILABLE"));
        given().get("/v1/collections/any/index")
                .then()
                .statusCode(503)
                .body("reason", equalTo("VECTOR_STORE_UNAVAILABLE"));
    }
}
