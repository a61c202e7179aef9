package quintet.embed.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP edge over the real model. */
@QuarkusTest
@TestProfile(EdgeProfile.class)
class EmbeddingsResourceTest {
    @Test
    void answersInOpenAisShape() {
        post("{\"input\": [\"What is reimbursed?\", \"Fitness is.\"], \"model\": \"bge-small-en-v1.5-int8\", \"user\": \"u\"}")
                .statusCode(200)
                .body("object", is("list"))
                .body("data", hasSize(2))
                .body("data[1].object", is("embedding"))
                .body("data[1].index", is(1))
                .body("data[1].embedding", hasSize(384))
                .body("model", is("bge-small-en-v1.5-int8"))
                .body("revision", is("340ff7fb1bc1"))
                .body("usage.prompt_tokens", is(14))
                .body("usage.total_tokens", is(14));
    }

    @Test
    void givesTheSameNumbersAsBase64() {
        List<Float> numbers =
                post("{\"input\": \"same\"}").extract().jsonPath().getList("data[0].embedding", Float.class);
        String base64 = post("{\"input\": \"same\", \"encoding_format\": \"base64\"}")
                .extract()
                .path("data[0].embedding");
        FloatBuffer floats = ByteBuffer.wrap(Base64.getDecoder().decode(base64))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        assertThat(floats.remaining()).isEqualTo(384);
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(floats.get(i)).isCloseTo(numbers.get(i), within(1e-6f));
        }
    }

    @Test
    void givesBytesAndBitsOfTheSameVector() {
        List<Float> floats =
                post("{\"input\": \"same\"}").extract().jsonPath().getList("data[0].embedding", Float.class);
        ValidatableResponse int8 = post("{\"input\": \"same\", \"output_dtype\": \"int8\"}");
        List<Integer> steps = int8.extract().jsonPath().getList("data[0].embedding", Integer.class);
        float scale = int8.extract().jsonPath().getFloat("data[0].scale");
        String bits = post("{\"input\": \"same\", \"output_dtype\": \"ubinary\", \"encoding_format\": \"base64\"}")
                .extract()
                .path("data[0].embedding");
        byte[] packed = Base64.getDecoder().decode(bits);
        assertThat(packed).hasSize(48);
        for (int i = 0; i < floats.size(); i++) {
            assertThat(steps.get(i) * scale).isCloseTo(floats.get(i), within(scale * 0.501f));
            assertThat((packed[i / 8] >> (7 - i % 8) & 1) == 1).isEqualTo(floats.get(i) > 0);
        }
        post("{\"input\": \"same\", \"output_dtype\": \"ubinary\"}")
                .body("data[0].embedding", hasSize(48))
                .body("data[0].embedding[0]", is(packed[0] & 0xff))
                .body("data[0]", not(hasKey("scale")));
    }

    @Test
    void cutsATextWhereAskedAndSaysSo() {
        String tooLong = "word ".repeat(600);
        post("{\"input\": [\"short\", \"" + tooLong + "\"], \"truncate\": true}")
                .statusCode(200)
                .body("data[0]", not(hasKey("truncated")))
                .body("data[1].truncated", is(true))
                .body("usage.prompt_tokens", is(3 + 512));
    }

    @Test
    void givesAQueryItsInstruction() {
        post("{\"input\": \"same\", \"input_type\": \"query\"}").body("usage.prompt_tokens", is(11));
        post("{\"input\": \"same\", \"input_type\": \"passage\"}").body("usage.prompt_tokens", is(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                            | 400 | MALFORMED_BODY          | line 1",
                "[]                                           | 400 | MALFORMED_BODY          | not the JSON",
                "\"x\"                                        | 400 | MALFORMED_BODY          | not the JSON",
                "{\"input\":\"x\"} more                       | 400 | MALFORMED_BODY          | more",
                "{}                                           | 400 | EMPTY_INPUT             | input is missing",
                "{\"input\":[]}                               | 400 | EMPTY_INPUT             | there are 0 texts, must be 1 to 256",
                "{\"input\":[\"a\",\" \"]}                    | 400 | EMPTY_INPUT             | text 1 has no characters",
                "{\"input\":[1,2]}                            | 400 | INVALID_INPUT           | arrays of tokens are not supported",
                "{\"input\":[[1]]}                            | 400 | INVALID_INPUT           | input[0] is an array",
                "{\"input\":7}                                | 400 | INVALID_INPUT           | input is a number",
                "{\"input\":\"x\",\"model\":\"gpt\"}          | 404 | UNKNOWN_MODEL           | there is only bge-small-en-v1.5-int8",
                "{\"input\":\"x\",\"model\":5}                | 400 | MALFORMED_BODY          | model",
                "{\"input\":\"x\",\"dimensions\":12}          | 400 | INVALID_DIMENSIONS      | dimensions is 12, the model has only 384",
                "{\"input\":\"x\",\"instruction\":\"find\"}  | 400 | NO_INSTRUCTIONS         | has no instruction-template",
                "{\"input\":[\"a\",\"data:image/png;base64,A\"]} | 400 | NO_IMAGES          | text 1 is an image, bge-small-en-v1.5-int8 reads only texts",
                "{\"input\":\"x\",\"output_dtype\":\"x\"}     | 400 | INVALID_OUTPUT_DTYPE    | float, int8 or ubinary",
                "{\"input\":\"x\",\"truncate\":\"yes\"}       | 400 | MALFORMED_BODY          | truncate",
                "{\"input\":\"x\",\"dimensions\":\"384\"}     | 400 | MALFORMED_BODY          | dimensions",
                "{\"input\":\"x\",\"encoding_format\":\"x\"}  | 400 | INVALID_ENCODING_FORMAT | float or base64",
                "{\"input\":\"x\",\"input_type\":\"doc\"}     | 400 | INVALID_INPUT_TYPE      | passage or query",
            })
    void refusesWithAReason(String body, int status, String reason, String detail) {
        assertProblem(post(body), status, reason).body("detail", containsString(detail));
    }

    @Test
    void refusesTooManyTextsAndTooLongOnes() {
        assertProblem(post("{\"input\": [" + "\"a\",".repeat(256) + "\"a\"]}"), 400, "TOO_MANY_TEXTS")
                .body("detail", is("there are 257 texts, must be at most 256"));
        assertProblem(post("{\"input\": [\"ok\", \"" + "word ".repeat(600) + "\"]}"), 400, "TEXT_TOO_LONG")
                .body("detail", is("text 1 has 602 tokens, at most 512 fit bge-small-en-v1.5-int8"));
    }

    @Test
    void refusesABodyThatIsNotUtf8() {
        assertProblem(
                postBytes("{\"input\": \"a".getBytes(), new byte[] {(byte) 0xff, '"', '}'}), 400, "MALFORMED_BODY");
        assertProblem(postBytes(new byte[] {0, 0, 0, '{', 0x7f}), 400, "MALFORMED_BODY");
        assertProblem(postBytes(), 400, "MALFORMED_BODY");
    }

    @Test
    void refusesOtherMethodsTypesAndPaths() {
        assertProblem(given().get("/v1/embeddings").then(), 405, "METHOD_NOT_ALLOWED");
        assertProblem(
                given().contentType("text/plain")
                        .body("x")
                        .post("/v1/embeddings")
                        .then(),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        assertProblem(given().get("/v1/nothing").then(), 404, "NO_SUCH_PATH");
    }

    @Test
    void isAliveWithoutABrokerButNotReady() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(503);
    }

    @Test
    void countsWhatItDoes() {
        post("{\"input\": \"measured\"}").statusCode(200);
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("quintet_embed_queue_time_seconds_bucket"))
                .body(containsString("quintet_embed_compute_time_seconds_bucket"))
                .body(containsString("quintet_embed_tokens_total"));
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
                .post("/v1/embeddings")
                .then();
    }

    private static ValidatableResponse postBytes(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            body.put(part);
        }
        return given().contentType("application/json")
                .body(body.array())
                .post("/v1/embeddings")
                .then();
    }
}
