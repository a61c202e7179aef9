package quintet.rerank.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP edge of compression over the real model. */
@QuarkusTest
@TestProfile(EdgeProfile.class)
class CompressResourceTest {
    private static final String ROOTS =
            "The weather was mild that year. Italian mathematicians found the roots of cubic equations. Bread was"
                    + " cheap.";

    @Test
    void leavesOutWhatDoesNotMatter() {
        post("""
            {"query": "Who found the roots of cubic equations?", "max_tokens": 40, "threshold": 0.5,
             "passages": ["%s", "%s", "Vacation is 20 days."]}
            """.formatted(ROOTS, ROOTS))
                .statusCode(200)
                .body("id", notNullValue())
                .body("passages", hasSize(3))
                .body("passages[0].outcome", is("KEPT"))
                .body("passages[0].merged_into", nullValue())
                .body("passages[0].text", is("Italian mathematicians found the roots of cubic equations."))
                .body("passages[0].spans[0].start", is(32))
                .body("passages[0].spans[0].end", is(90))
                .body("passages[1].outcome", is("MERGED"))
                .body("passages[1].merged_into", is(0))
                .body("passages[2].outcome", is("IRRELEVANT"))
                .body("passages[2].text", is(""))
                .body("passages[2].spans", hasSize(0))
                .body("model", is("quintet-reader-v1-int8"))
                .body("meta.original_tokens", not(0))
                .body("meta.kept_tokens", lessThan(15))
                .body("meta.sentences", is(4))
                .body("meta.scored", is(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"query\":\"q\"}                                              | EMPTY_INPUT        | passages is"
                        + " missing",
                "{\"query\":\"q\",\"passages\":[]}                              | EMPTY_INPUT        | must be 1 to 64",
                "{\"query\":\"q\",\"passages\":[7]}                             | INVALID_PASSAGE    | passages[0]",
                "{\"query\":\" \",\"passages\":[\"a\"]}                         | EMPTY_QUERY        | query",
                "{\"query\":\"q\",\"passages\":[\"a\"],\"threshold\":2}         | INVALID_THRESHOLD  | threshold is"
                        + " 2.0, must be 0 to 1",
                "{\"query\":\"q\",\"passages\":[\"a\"],\"mmr_lambda\":-1}       | INVALID_MMR_LAMBDA | mmrLambda is"
                        + " -1.0, must be 0 to 1",
                "{\"query\":\"q\",\"passages\":[\"a\"],\"max_tokens\":0}        | INVALID_MAX_TOKENS | maxTokens is 0,"
                        + " must be at least 1",
                "{\"query\":\"q\",\"passages\":[\"a\"],\"keep_first\":\"yes\"}  | MALFORMED_BODY     | keep_first",
            })
    void refusesWithAReason(String body, String reason, String detail) {
        post(body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("reason", equalTo(reason))
                .body("detail", containsString(detail));
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/v1/compress")
                .then();
    }
}
