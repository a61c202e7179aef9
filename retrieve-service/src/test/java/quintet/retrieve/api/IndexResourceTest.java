package quintet.retrieve.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.whole;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageWriter;

@QuarkusTest
@QuarkusTestResource(FakeEmbedService.class)
class IndexResourceTest {
    private static final String PATH = "/v1/collections/kinds/index";

    @Inject
    PassageWriter index;

    @BeforeEach
    void fill() {
        var plan = whole(
                new VersionRef(new CollectionName("kinds"), "plan", 1),
                info("plan.pdf", Map.of()),
                "the dental plan covers two cleanings a year",
                "vision exams are covered once");
        index.put(plan.ref(), List.of(plan));
    }

    private static ValidatableResponse put(String body) {
        return given().contentType("application/json").body(body).put(PATH).then();
    }

    @Test
    void choosesAKindAndShowsIt() {
        put("{\"kind\": \"lsh\", \"parameters\": {\"tables\": 4}}")
                .statusCode(200)
                .body("kind", equalTo("lsh"))
                .body("parameters.tables", equalTo(4))
                .body("parameters.probes", equalTo(16))
                .body("passages", equalTo(2));
        await().until(() -> given().get(PATH).path("ready").equals(true));
        given().get(PATH)
                .then()
                .statusCode(200)
                .body("kind", equalTo("lsh"))
                .body("rebuilt", equalTo(2))
                .body("ready", equalTo(true));
        given().contentType("application/json")
                .body("{\"query\": \"dental\", \"mode\": \"dense\"}")
                .post("/v1/collections/kinds/search")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                   | INVALID_INDEX  | kind is missing, must be one of exact, hnsw, random-projection, lsh, product-quantization
                    {"kind": "ivf"}                                      | INVALID_INDEX  | kind is 'ivf', must be one of exact, hnsw, random-projection, lsh, product-quantization
                    {"kind": "hnsw", "parameters": {"m": 1}}             | INVALID_INDEX  | m is 1, must be 2 to 512
                    {"kind": "hnsw", "parameters": {"trees": 1}}         | INVALID_INDEX  | hnsw has no parameter trees, must be among [m, efConstruction, bits, ef, rescore]
                    {"kind": "hnsw", "parameters": {"m": null}}          | INVALID_INDEX  | m is null, must be a number
                    """)
    void refusesWhatItCanNotBuild(String body, String reason, String detail) {
        put(body).statusCode(400).body("reason", equalTo(reason)).body("detail", equalTo(detail));
    }

    @Test
    void aKindCanBeChosenBeforeTheFirstDocument() {
        given().contentType("application/json")
                .body("{\"kind\": \"product-quantization\"}")
                .put("/v1/collections/kinds-new/index")
                .then()
                .statusCode(200)
                .body("kind", equalTo("product-quantization"))
                .body("passages", equalTo(0))
                .body("ready", equalTo(true));
        var plan = whole(
                new VersionRef(new CollectionName("kinds-new"), "plan", 1),
                info("plan.pdf", Map.of()),
                "the dental plan covers two cleanings a year");
        index.put(plan.ref(), List.of(plan));
        given().get("/v1/collections/kinds-new/index")
                .then()
                .statusCode(200)
                .body("kind", equalTo("product-quantization"))
                .body("passages", equalTo(1))
                .body("rebuilt", equalTo(1));
    }

    @Test
    void refusesAnEmptyBodyAndAnUnknownCollection() {
        given().contentType("application/json").put(PATH).then().statusCode(400);
        given().get("/v1/collections/never/index")
                .then()
                .statusCode(404)
                .body("reason", equalTo("COLLECTION_NOT_FOUND"));
    }
}
