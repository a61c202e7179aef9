package quintet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quintet.e2e.Suite.documents;
import static quintet.e2e.Suite.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the whole suite must do on every broker. */
interface SuiteScenarios {
    String PERKS = "The PerksPlus programme reimburses up to 1,000 euros a year for fitness activities."
            + " Lessons, gym fees and climbing are covered. Haircuts are not covered.";

    Suite suite();

    OtlpReceiver traces();

    @Test
    default void answersAQuestionAboutAPdfWithItsFilePageAndSentence() {
        Suite.Result ingested = suite().quintet(
                        "ingest",
                        Suite.home("samples/hr-handbook/PerksPlus.pdf").toString(),
                        "--collection",
                        "pdf");
        assertThat(ingested.exitCode()).as(ingested.output()).isZero();

        JsonNode answer = ask("pdf", "What does PerksPlus reimburse?");

        assertThat(answer.path("mode").asText()).isEqualTo("extractive");
        assertThat(answer.path("finishReason").asText()).isEqualTo("stop");
        JsonNode citation = answer.path("citations").get(0);
        assertThat(answer.path("answer").asText())
                .contains("[" + citation.path("number").asInt() + "]")
                .containsIgnoringCase("fitness");
        JsonNode source = source(answer, citation.path("number").asInt());
        assertThat(source.path("filename").asText()).isEqualTo("PerksPlus.pdf");
        assertThat(source.path("page").asInt()).isPositive();
        assertThat(source.path("text")
                        .asText()
                        .substring(
                                citation.path("start").asInt(),
                                citation.path("end").asInt()))
                .as("the citation is the sentence itself")
                .isEqualTo(citation.path("sentence").asText());
        assertThat(answer.path("degraded")).isEmpty();
    }

    @Test
    default void streamsSourcesTokensCitationsAndDone() {
        suite().putText("stream", "perks", "Perks", PERKS);
        suite().settled("stream", "perks");

        HttpResponse<String> response = suite().send(HttpRequest.newBuilder(suite().uri("/v1/answers"))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(question("stream", "How much does PerksPlus reimburse a year?"))));

        assertThat(response.statusCode()).isEqualTo(200);
        List<String> events = response.body()
                .lines()
                .filter(line -> line.startsWith("event:"))
                .map(line -> line.substring("event:".length()).strip())
                .toList();
        assertThat(events).startsWith("sources").endsWith("done").contains("token", "citation");
        assertThat(response.body()).contains("1,000 euros");
    }

    @Test
    default void connectsOneQuestionAcrossFourServicesInOneTrace() {
        suite().putText("traced", "perks", "Perks", PERKS);
        suite().settled("traced", "perks");

        String traceId = ask("traced", "Are haircuts covered by PerksPlus?")
                .path("traceId")
                .asText();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(traces().services(traceId))
                        .containsExactly("quintet-embed", "quintet-generate", "quintet-rerank", "quintet-retrieve"));
        connected(traceId);
    }

    @Test
    default void connectsOneDocumentAcrossTheBrokerInOneTrace() {
        String trace = "0af7651916cd43dd8448eb211c8031" + String.format("%02x", System.identityHashCode(this) & 0xff);
        String body = Suite.JSON.createObjectNode().put("text", PERKS).toString();
        HttpResponse<String> accepted = suite().send(HttpRequest.newBuilder(suite().uri(documents("traced") + "/one"))
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .PUT(BodyPublishers.ofString(body)));
        json(accepted, 202);
        suite().settled("traced", "one");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(traces().services(trace))
                        .containsExactly("quintet-embed", "quintet-ingest", "quintet-retrieve"));
    }

    @Test
    default void failsABrokenFileAloneAndSaysWhy() {
        suite().put(
                        documents("mixed") + "/broken",
                        "application/pdf",
                        BodyPublishers.ofString("%PDF-1.7 this is no PDF", StandardCharsets.US_ASCII));
        suite().putText("mixed", "good", "Perks", PERKS);

        JsonNode broken = suite().settled("mixed", "broken");
        assertThat(broken.path("state").asText()).isEqualTo("FAILED");
        assertThat(broken.path("failure").path("stage").asText()).isEqualTo("PARSE");
        assertThat(broken.path("failure").path("reason").asText()).matches("[A-Z_]+");
        assertThat(broken.path("failure").path("message").asText()).isNotBlank();
        assertThat(suite().settled("mixed", "good").path("state").asText()).isEqualTo("READY");
    }

    @Test
    default void replacesAnUpdatedDocumentAndForgetsADeletedOne() {
        suite().putText("changing", "a", "Colour", "The office door is painted in the colour green this year.");
        suite().settled("changing", "a");
        suite().putText("changing", "b", "Keys", "Spare keys for the office door are kept at the reception desk.");
        suite().settled("changing", "b");

        suite().putText("changing", "a", "Colour", "The office door is painted in the colour purple this year.");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(texts("changing", "office door colour"))
                        .anyMatch(text -> text.contains("purple"))
                        .noneMatch(text -> text.contains("green")));

        json(suite().delete(documents("changing") + "/a"), 202);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(texts("changing", "office door colour"))
                        .isNotEmpty()
                        .noneMatch(text -> text.contains("purple")));
    }

    @Test
    default void servesOpenAiClients() {
        suite().putText("openai", "perks", "Perks", PERKS);
        suite().settled("openai", "perks");

        JsonNode models = json(suite().get("/v1/models"), 200);
        assertThat(StreamSupport.stream(models.path("data").spliterator(), false)
                        .map(model -> model.path("id").asText()))
                .contains("openai");
        JsonNode chat = json(suite().post("/v1/chat/completions", """
                        {"model": "openai", "messages": [{"role": "user", "content": "Are gym fees covered?"}]}"""), 200);
        assertThat(chat.path("choices").get(0).path("message").path("content").asText())
                .contains("[1]");
        JsonNode embeddings = json(suite().post("/v1/embeddings", """
                        {"input": ["gym fees"], "input_type": "query"}"""), 200);
        assertThat(embeddings.path("data").get(0).path("embedding")).hasSize(384);
        JsonNode reranked = json(suite().post("/v1/rerank", """
                        {"query": "Are gym fees covered?",
                         "documents": ["The sky is blue.", "Gym fees are covered."], "top_n": 1}"""), 200);
        assertThat(reranked.path("results").get(0).path("index").asInt()).isOne();
    }

    private JsonNode ask(String collection, String question) {
        return json(
                suite().send(HttpRequest.newBuilder(suite().uri("/v1/answers"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofString(question(collection, question)))),
                200);
    }

    private List<String> texts(String collection, String query) {
        String body = Suite.JSON.createObjectNode().put("query", query).toString();
        List<String> texts = new ArrayList<>();
        json(suite().post("/v1/collections/" + collection + "/search", body), 200)
                .path("hits")
                .forEach(hit -> texts.add(hit.path("text").asText()));
        return texts;
    }

    private void connected(String traceId) {
        List<OtlpReceiver.Span> spans = traces().trace(traceId);
        List<String> ids = spans.stream().map(OtlpReceiver.Span::id).toList();
        assertThat(spans.stream().filter(span -> !ids.contains(span.parent())))
                .as("spans whose parent is missing: only the root")
                .hasSize(1);
    }

    private static JsonNode source(JsonNode answer, int number) {
        return StreamSupport.stream(answer.path("sources").spliterator(), false)
                .filter(source -> source.path("number").asInt() == number)
                .findFirst()
                .orElseThrow();
    }

    private static String question(String collection, String question) {
        return Suite.JSON
                .createObjectNode()
                .put("collection", collection)
                .put("question", question)
                .toString();
    }
}
