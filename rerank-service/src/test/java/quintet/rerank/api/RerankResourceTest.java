package quintet.rerank.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP edge over the real model. */
@QuarkusTest
@TestProfile(EdgeProfile.class)
class RerankResourceTest {
    @Test
    void answersInCoheresShape() {
        post("""
            {"query": "Who found the roots of cubic equations?", "top_n": 2, "return_documents": true,
             "documents": ["Vacation is 20 days.", {"text": "Italian mathematicians found the roots of cubic equations."}, "c"]}
            """)
                .statusCode(200)
                .body("id", notNullValue())
                .body("results", hasSize(2))
                .body("results[0].index", is(1))
                .body("results[0].document.text", containsString("cubic"))
                .body("results[0].answer.text", containsString("Italian"))
                .body("results[0].answer.start", is(0))
                .body("results[0].truncated", is(false))
                .body("model", is("quintet-reader-v1-int8"))
                .body("revision", is("b84cdfada797"))
                .body("meta.scored", is(3))
                .body("meta.stop_reason", is("ALL"));
    }

    @Test
    void fusesTheCallersScoresWhenAllDocumentsHaveOne() {
        post("{\"query\": \"q\", \"top_n\": 9, \"documents\": [{\"text\": \"a\", \"score\": 1}, {\"text\": \"b\","
                        + " \"score\": 5.5}]}")
                .statusCode(200)
                .body("results", hasSize(2))
                .body("results[0].index", is(1))
                .body("results[0].document", nullValue());
    }

    @Test
    void scoresNoMoreThanTheFirstOnesNeed() {
        String documents = IntStream.range(0, 100)
                .mapToObj(i -> "{\"text\": \"Passage %d is about vacation.\", \"score\": %d}".formatted(i, 100 - i))
                .collect(Collectors.joining(","));
        post("{\"query\": \"Who found the roots of cubic equations?\", \"top_n\": 5, \"documents\": [" + documents
                        + "]}")
                .statusCode(200)
                .body("results", hasSize(5))
                .body("meta.scored", lessThan(100))
                .body("meta.stop_reason", is("ORDER_SETTLED"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                                        | 400 | MALFORMED_BODY   | line 1",
                "[]                                                       | 400 | MALFORMED_BODY   | not the JSON",
                "{\"query\":\"q\"}                                        | 400 | EMPTY_INPUT      | documents is"
                        + " missing",
                "{\"query\":\"q\",\"documents\":\"a\"}                    | 400 | EMPTY_INPUT      | must be an array",
                "{\"query\":\"q\",\"documents\":[]}                       | 400 | EMPTY_INPUT      | must be 1 to 256",
                "{\"query\":\"q\",\"documents\":[\"a\",\" \"]}            | 400 | EMPTY_INPUT      | candidate 1",
                "{\"query\":\"q\",\"documents\":[5]}                      | 400 | INVALID_DOCUMENT | documents[0]",
                "{\"query\":\"q\",\"documents\":[{\"x\":1}]}              | 400 | INVALID_DOCUMENT | documents[0]",
                "{\"query\":\"q\",\"documents\":[{\"text\":\"a\",\"score\":\"x\"}]}  | 400 | INVALID_SCORE |"
                        + " documents[0].score",
                "{\"query\":\"q\",\"documents\":[{\"text\":\"a\",\"score\":1e99}]}   | 400 | INVALID_SCORE | Infinity",
                "{\"query\":\" \",\"documents\":[\"a\"]}                  | 400 | EMPTY_QUERY      | query",
                "{\"documents\":[\"a\"]}                                  | 400 | EMPTY_QUERY      | query",
                "{\"query\":7,\"documents\":[\"a\"]}                      | 400 | MALFORMED_BODY   | query",
                "{\"query\":\"q\",\"documents\":[\"a\"],\"top_n\":0}      | 400 | INVALID_TOP_N    | top_n is 0, must"
                        + " be at least 1",
                "{\"query\":\"q\",\"documents\":[\"a\"],\"top_n\":\"5\"}  | 400 | MALFORMED_BODY   | top_n",
                "{\"query\":\"q\",\"documents\":[\"a\"],\"model\":\"x\"}  | 404 | UNKNOWN_MODEL    | there is only"
                        + " quintet-reader-v1-int8",
            })
    void refusesWithAReason(String body, int status, String reason, String detail) {
        assertProblem(post(body), status, reason).body("detail", containsString(detail));
    }

    @Test
    void refusesWhatIsTooMuch() {
        assertProblem(
                        post("{\"query\": \"q\", \"documents\": [" + "\"a\",".repeat(256) + "\"a\"]}"),
                        400,
                        "TOO_MANY_CANDIDATES")
                .body("detail", is("there are 257 candidates, must be at most 256"));
        assertProblem(
                        post("{\"query\": \"" + "q".repeat(100_000) + "\", \"documents\": [\"a\"]}"),
                        400,
                        "QUERY_TOO_LONG")
                .body("detail", is("query has 100000 characters, must have at most 8192"));
    }

    @Test
    void refusesABodyThatIsNotUtf8OrNotThere() {
        assertProblem(
                given().contentType("application/json")
                        .body(new byte[] {'{', '"', (byte) 0xff, '"'})
                        .post("/v1/rerank")
                        .then(),
                400,
                "MALFORMED_BODY");
        assertProblem(given().contentType("application/json").post("/v1/rerank").then(), 400, "MALFORMED_BODY");
    }

    @Test
    void isReadyAndCounts() {
        given().get("/q/health/ready").then().statusCode(200).body(containsString("quintet-reader-v1-int8"));
        post("{\"query\": \"q\", \"documents\": [\"a\"]}").statusCode(200);
        given().get("/q/metrics")
                .then()
                .body(containsString("quintet_rerank_queue_time_seconds_bucket"))
                .body(containsString("quintet_rerank_compute_time_seconds_bucket"))
                .body(containsString("quintet_rerank_tokens_total"));
    }

    private static ValidatableResponse assertProblem(ValidatableResponse response, int status, String reason) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("reason", equalTo(reason))
                .body("status", is(status));
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/v1/rerank")
                .then();
    }
}
