package quintet.embed.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is in memory at once, seen from outside. */
@QuarkusTest
@TestProfile(BodyGateTest.Profile.class)
class BodyGateTest {
    private static final String BODY = "{\"input\": \"cat\"}";

    /** The service with room for one large body. */
    public static class Profile extends EdgeProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("quintet.embed.model", "src/test/resources/word-vectors");
            overrides.put("quintet.embed.bodies.max-bytes", "1000000");
            return overrides;
        }
    }

    @TestHTTPResource("/")
    URI server;

    @Test
    void refusesABodyThatDoesNotFitBesideTheOthersUntilTheyAreGone() throws IOException {
        try (Socket slow = new Socket(server.getHost(), server.getPort())) {
            slow.getOutputStream()
                    .write(("POST /v1/embeddings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 1000000\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            Response refused = await().until(BodyGateTest::post, response -> response.statusCode() == 429);
            assertThat(refused.contentType()).startsWith("application/problem+json");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.jsonPath().getString("reason")).isEqualTo("OVERLOADED");
            assertThat(refused.jsonPath().getString("detail"))
                    .isEqualTo("the body has 16 bytes, beside the 1000000 of other requests at most 1000000 fit");
        }
        assertThat(await().until(BodyGateTest::post, response -> response.statusCode() == 200)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesABodyThatIsAloneWhateverItsLength() {
        String large = "{\"input\": \"%s\"}".formatted("cat ".repeat(500_000));
        assertThat(given().contentType("application/json")
                        .body(large)
                        .post("/v1/embeddings")
                        .statusCode())
                .isEqualTo(200);
    }

    private static Response post() {
        return given().contentType("application/json").body(BODY).post("/v1/embeddings");
    }
}
