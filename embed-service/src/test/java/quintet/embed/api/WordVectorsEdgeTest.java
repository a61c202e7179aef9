package quintet.embed.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The HTTP edge over a folder of word vectors. */
@QuarkusTest
@TestProfile(WordVectorsEdgeTest.Profile.class)
class WordVectorsEdgeTest {
    /** The service with word vectors and no broker. */
    public static class Profile extends EdgeProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("quintet.embed.model", "src/test/resources/word-vectors");
            return overrides;
        }
    }

    @Test
    void givesTheMeanOfTheWords() {
        post("Cat")
                .statusCode(200)
                .body("model", is("word-vectors"))
                .body("usage.prompt_tokens", is(1))
                .body("data[0].embedding", contains(0f, 1f, 0f));
    }

    @Test
    void refusesATextWithoutAKnownWord() {
        post("xyz 12")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("reason", is("NO_KNOWN_WORD"))
                .body("detail", is("text 0 has no vector: none of the text's 2 words is known to the model"));
    }

    @Test
    void saysInItsHealthWhichModelItIs() {
        given().get("/q/health/ready").then().body("checks.data.model", hasItem("word-vectors"));
    }

    private static ValidatableResponse post(String text) {
        return given().contentType("application/json")
                .body("{\"input\": \"%s\"}".formatted(text))
                .post("/v1/embeddings")
                .then();
    }
}
