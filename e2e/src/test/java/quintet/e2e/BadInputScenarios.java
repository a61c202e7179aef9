package quintet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.e2e.Suite.documents;
import static quintet.e2e.Suite.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What clients get wrong: always problem+json with a stable reason and a sentence, never a 500. */
interface BadInputScenarios {
    Suite suite();

    @TestFactory
    default Stream<DynamicTest> refuses() {
        suite().putText("bad-input", "a", "A", "A document that is here so that the collection is.");
        suite().settled("bad-input", "a");
        String search = "/v1/collections/bad-input/search";
        String long100k = "why ".repeat(25_600);
        return Stream.of(
                refused("unknown collection", "/v1/collections/nowhere/search", "{\"query\":\"x\"}", 404),
                refused(
                        "collection that climbs",
                        "/v1/collections/..%2F..%2Fetc/search",
                        "{\"query\":\"x\"}",
                        400,
                        404),
                refused("topK 0", search, "{\"query\":\"x\",\"topK\":0}", 400),
                refused("topK a million", search, "{\"query\":\"x\",\"topK\":1000000}", 400),
                refused("topK a word", search, "{\"query\":\"x\",\"topK\":\"many\"}", 400),
                refused("no query", search, "{}", 400),
                refused("blank query", search, "{\"query\":\"  \"}", 400),
                refused("query of 100 kB", search, "{\"query\":\"" + long100k + "\"}", 400),
                refused("unknown mode", search, "{\"query\":\"x\",\"mode\":\"magic\"}", 400),
                refused("no JSON", search, "query=x", 400),
                refused("JSON that ends early", search, "{\"query\":", 400),
                refused("an array", search, "[]", 400),
                refused("nothing at all", search, "", 400),
                refused("question to an unknown collection", "/v1/answers", answer("nowhere", "why?"), 404),
                refused("question of 100 kB", "/v1/answers", answer("bad-input", long100k), 400),
                refused("blank question", "/v1/answers", answer("bad-input", " "), 400),
                refused("no question", "/v1/answers", "{\"collection\":\"bad-input\"}", 400),
                refused("no messages", "/v1/chat/completions", "{\"model\":\"bad-input\",\"messages\":[]}", 400),
                refused(
                        "unknown model",
                        "/v1/chat/completions",
                        "{\"model\":\"nowhere\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                        404),
                refused("no input", "/v1/embeddings", "{}", 400),
                refused("empty input", "/v1/embeddings", "{\"input\":[]}", 400),
                refused("another model", "/v1/embeddings", "{\"input\":\"x\",\"model\":\"gpt-9\"}", 400, 404),
                refused("input of 100 kB", "/v1/embeddings", "{\"input\":\"" + long100k + "\"}", 400),
                refused("no documents", "/v1/rerank", "{\"query\":\"x\",\"documents\":[]}", 400),
                refused("top_n -1", "/v1/rerank", "{\"query\":\"x\",\"documents\":[\"y\"],\"top_n\":-1}", 400),
                refused("document without text", documents("bad-input"), "{\"title\":\"x\"}", 400),
                refused("collection in capitals", documents("Bad"), "{\"text\":\"x\"}", 400));
    }

    @Test
    default void refusesInvalidUtf8() {
        byte[] invalid = "{\"query\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        problem(
                suite().post(
                                "/v1/collections/bad-input/search",
                                "application/json",
                                BodyPublishers.ofByteArray(invalid)),
                400);
    }

    @Test
    default void refusesAnEmptyFile() {
        problem(suite().put(documents("bad-input") + "/empty", "text/plain", BodyPublishers.noBody()), 400);
    }

    @Test
    default void refusesWhatIsNoJsonByItsType() {
        problem(suite().post("/v1/collections/bad-input/search", "text/plain", BodyPublishers.ofString("x")), 415);
    }

    @Test
    default void doesNotKnowAnUnknownDocument() {
        problem(suite().get(documents("bad-input") + "/none"), 404);
        problem(suite().delete(documents("bad-input") + "/none"), 404);
        problem(suite().get(documents("nowhere")), 404);
    }

    @Test
    default void answersAValidationErrorOnAStreamAsAProblem() {
        HttpResponse<String> response = suite().send(HttpRequest.newBuilder(suite().uri("/v1/answers"))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(answer("bad-input", ""))));

        problem(response, 400);
    }

    @Test
    default void keepsOperatorsPathsAwayFromTheFrontDoor() {
        assertThat(suite().get("/q/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    default void refusesAnotherSitesPage() {
        HttpResponse<String> response = suite().send(
                        HttpRequest.newBuilder(suite().uri(documents("bad-input") + "/planted"))
                                .header("Content-Type", "text/plain")
                                .header("Origin", "https://evil.example")
                                .PUT(BodyPublishers.ofString("planted by another site")));

        problem(response, 403);
    }

    private DynamicTest refused(String what, String path, String body, int... statuses) {
        return DynamicTest.dynamicTest(what, () -> problem(suite().post(path, body), statuses));
    }

    private static void problem(HttpResponse<String> response, int... statuses) {
        assertThat(statuses).as(response.body()).contains(response.statusCode());
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = json(response, response.statusCode());
        assertThat(problem.path("reason").asText()).matches("[A-Z][A-Z0-9_]+");
        assertThat(problem.path("detail").asText()).isNotBlank().hasSizeLessThan(1000);
    }

    private static String answer(String collection, String question) {
        return Suite.JSON
                .createObjectNode()
                .put("collection", collection)
                .put("question", question)
                .toString();
    }
}
