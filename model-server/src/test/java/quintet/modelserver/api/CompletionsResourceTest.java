package quintet.modelserver.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CompletionsResourceTest {
    @TestHTTPResource("/")
    URI server;

    private static RequestSpecification json(String body) {
        return given().contentType(ContentType.JSON).body(body.replace('\'', '"'));
    }

    private static List<String> events(String path, String body) {
        String text = json(body)
                .post(path)
                .then()
                .statusCode(200)
                .contentType("text/event-stream")
                .extract()
                .asString();
        return text.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
    }

    @Test
    void completesAChat() {
        json("{'messages': [{'role': 'user', 'content': 'Why?'}], 'max_tokens': 12, 'temperature': 0}")
                .post("/v1/chat/completions")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("object", equalTo("chat.completion"))
                .body("model", equalTo("scripted"))
                .body("choices", hasSize(1))
                .body("choices[0].message.role", equalTo("assistant"))
                .body("choices[0].message.content", notNullValue())
                .body("choices[0].finish_reason", equalTo("length"))
                .body("usage.completion_tokens", equalTo(12))
                .body("usage.prompt_tokens", greaterThan(10));
    }

    @Test
    void streamsAChat() {
        String body = "{'messages': [{'role': 'user', 'content': [{'type': 'text', 'text': 'Why?'}]}],"
                + " 'max_completion_tokens': 12, 'temperature': 0, 'stream': true, 'stream_options': {'include_usage': true}}";
        List<String> events = events("/v1/chat/completions", body);
        assertThat(events.getLast()).isEqualTo("[DONE]");
        assertThat(JsonPath.from(events.getFirst()).getString("choices[0].delta.role"))
                .isEqualTo("assistant");
        JsonPath usage = JsonPath.from(events.get(events.size() - 2));
        assertThat(usage.getInt("usage.completion_tokens")).isEqualTo(12);
        assertThat(usage.getList("choices")).isEmpty();
        JsonPath last = JsonPath.from(events.get(events.size() - 3));
        assertThat(last.getString("choices[0].finish_reason")).isEqualTo("length");
        StringBuilder text = new StringBuilder();
        for (String event : events.subList(1, events.size() - 3)) {
            assertThat(event).doesNotContain("\"usage\"").contains("\"finish_reason\":null");
            text.append(JsonPath.from(event).getString("choices[0].delta.content"));
        }
        assertThat(text).isNotEmpty();
    }

    @Test
    void completesATextStreamedOrNotAlike() {
        String body = "{'prompt': 'Once', 'max_tokens': 40, 'temperature': 0.7, 'seed': 3, 'stream': %s}";
        String whole = json(body.formatted(false))
                .post("/v1/completions")
                .then()
                .statusCode(200)
                .body("object", equalTo("text_completion"))
                .extract()
                .path("choices[0].text");
        StringBuilder streamed = new StringBuilder();
        for (String event : events("/v1/completions", body.formatted(true))) {
            if (!event.equals("[DONE]")) {
                streamed.append(JsonPath.from(event).getString("choices[0].text"));
            }
        }
        assertThat(streamed).hasToString(whole);
        json("{'prompt': [4, 5, 6], 'max_tokens': 3}")
                .post("/v1/completions")
                .then()
                .body("usage.prompt_tokens", equalTo(3));
    }

    @Test
    void refusesInOpenAisWords() {
        refused("{'messages': []}", 400, "EMPTY_MESSAGES");
        refused("{'messages': [{'role': 'tool', 'content': 'x'}]}", 400, "INVALID_ROLE");
        refused("{'messages': [{'role': 'user', 'content': 'x'}], 'temperature': -1}", 400, "INVALID_REQUEST");
        refused("{'messages': [{'role': 'user', 'content': 'x'}], 'max_tokens': 0}", 400, "INVALID_REQUEST");
        refused("{'messages': [{'role': 'user', 'content': 'x'}], 'n': 2}", 400, "INVALID_N");
        refused("{'messages': [{'role': 'user', 'content': 'x'}], 'logprobs': true}", 400, "UNSUPPORTED");
        refused("{'messages': [{'role': 'user', 'content': 'x'}], 'model': 'other'}", 404, "MODEL_NOT_FOUND");
        refused(
                "{'messages': [{'role': 'user', 'content': '%s'}]}".formatted("x".repeat(5000)),
                400,
                "CONTEXT_OVERFLOW");
        refused(
                "{'messages': [{'role': 'user', 'content': '%s'}], 'stream': true}".formatted("x".repeat(5000)),
                400,
                "CONTEXT_OVERFLOW");
        refused("{'messages': ", 400, "MALFORMED_BODY");
    }

    private static void refused(String body, int status, String code) {
        json(body)
                .post("/v1/chat/completions")
                .then()
                .statusCode(status)
                .body("error.code", equalTo(code))
                .body("error.type", equalTo("invalid_request_error"))
                .body("error.message", notNullValue());
    }

    @Test
    void whoLeavesFreesTheSlot() throws Exception {
        String body = "{\"prompt\": \"go\", \"max_tokens\": 3900, \"stream\": true}";
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(server.resolve("/v1/completions"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.body().read()).isEqualTo('d');
            response.body().close();
        }
        await().until(() -> metric("vllm:num_requests_running") == 0);
    }

    private static double metric(String name) {
        return given().get("/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void metricsHaveVllmsNames() {
        completesAChat();
        String metrics =
                given().get("/metrics").then().statusCode(200).extract().asString();
        assertThat(metrics)
                .contains(
                        "vllm:num_requests_running{",
                        "vllm:num_requests_waiting{",
                        "vllm:kv_cache_usage_perc{",
                        "vllm:gpu_cache_usage_perc{",
                        "vllm:prompt_tokens_total{",
                        "vllm:generation_tokens_total{",
                        "vllm:prefix_cache_queries_total{",
                        "vllm:prefix_cache_hits_total{",
                        "vllm:spec_decode_num_drafts_total{",
                        "vllm:spec_decode_num_draft_tokens_total{",
                        "vllm:spec_decode_num_accepted_tokens_total{",
                        "vllm:request_success_total{",
                        "vllm:time_to_first_token_seconds_bucket{",
                        "vllm:time_per_output_token_seconds_bucket{",
                        "vllm:inter_token_latency_seconds_bucket{",
                        "vllm:e2e_request_latency_seconds_count{",
                        "vllm:request_queue_time_seconds_sum{",
                        "quintet_model_decodes_total{",
                        "model_name=\"scripted\"");
        assertThat(metric("vllm:generation_tokens_total")).isGreaterThanOrEqualTo(12);
    }

    @Test
    void listsTheModelAndIsHealthy() {
        given().get("/v1/models")
                .then()
                .statusCode(200)
                .body("data[0].id", equalTo("scripted"))
                .body("data[0].max_model_len", equalTo(4096));
        given().get("/health").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200).body("checks.data.model", hasItem("scripted"));
    }

    @Test
    void countsTokens() {
        json("{'prompt': 'abc'}")
                .post("/tokenize")
                .then()
                .statusCode(200)
                .body("count", equalTo(4))
                .body("max_model_len", equalTo(4096))
                .body("tokens", equalTo(List.of(1, 3 + 'a', 3 + 'b', 3 + 'c')));
        json("{'messages': [{'role': 'user', 'content': 'abc'}]}")
                .post("/tokenize")
                .then()
                .body("count", greaterThan(10));
        json("{'tokens': [100, 101]}").post("/detokenize").then().body("prompt", equalTo("ab"));
        json("{'tokens': [1000]}")
                .post("/detokenize")
                .then()
                .statusCode(400)
                .body("error.message", containsString("1000"));
    }
}
