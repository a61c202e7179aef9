package quintet.generate.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.generate.api.Http.Event;
import quintet.generate.api.Http.Reply;
import quintet.generate.fake.FakeServices;

@QuarkusTest
@QuarkusTestResource(FakeServices.class)
class AnswerResourceTest {
    private static final String SSE = "text/event-stream";
    private static final String JSON = "application/json";
    private static final String QUESTION = "How much can an employee expense for fitness programs under PerksPlus?";

    @Test
    void streamsSourcesThenTextWithCitationsThenDone() {
        Reply reply = ask(SSE, QUESTION);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).startsWith(SSE);
        List<Event> events = reply.events();
        assertThat(events.getFirst().name()).isEqualTo("sources");
        assertThat(events.getLast().name()).isEqualTo("done");
        JsonNode source = events.getFirst().data().path("sources").path(0);
        assertThat(source.path("filename").asText()).isEqualTo("PerksPlus.pdf");
        assertThat(source.path("scores").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("dense", "lexical", "fused", "relevance", "final");
        assertThat(events.getFirst().data().path("traceId").asText())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo("0".repeat(32));
        assertThat(events.getFirst().data().path("searchId").asText()).isEqualTo("the search");
        assertThat(text(events)).contains("expense up to $1000 for fitness-related programs every year. [1]");
        JsonNode citation = named(events, "citation").getFirst();
        assertThat(citation.path("number").asInt()).isEqualTo(1);
        assertThat(citation.path("page").asInt()).isEqualTo(2);
        String passage = source.path("text").asText();
        assertThat(passage.substring(
                        citation.path("start").asInt(), citation.path("end").asInt()))
                .isEqualTo(citation.path("sentence").asText())
                .startsWith("Under PerksPlus");
        assertThat(passage.substring(
                        citation.path("answerStart").asInt(),
                        citation.path("answerEnd").asInt()))
                .isEqualTo("$1000");
        JsonNode done = events.getLast().data();
        assertThat(done.path("finishReason").asText()).isEqualTo("stop");
        assertThat(done.path("model").asText()).isEqualTo("extractive");
        assertThat(done.path("mode").asText()).isEqualTo("extractive");
        assertThat(done.path("degraded")).isEmpty();
        assertThat(done.path("timings").fieldNames())
                .toIterable()
                .containsExactly("retrieveMs", "rerankMs", "firstTokenMs", "generateMs", "totalMs");
    }

    @Test
    void streamsByDefaultAndAnswersInOnePieceWhenAskedForJson() {
        assertThat(ask("*/*", QUESTION).type()).startsWith(SSE);
        Reply reply = ask(JSON, QUESTION);
        assertThat(reply.type()).startsWith(JSON);
        JsonNode answer = reply.json();
        assertThat(answer.path("answer").asText()).contains("$1000").contains("[1]");
        assertThat(answer.path("citations")).isNotEmpty();
        assertThat(answer.path("sources")).isNotEmpty();
        assertThat(answer.path("mode").asText()).isEqualTo("extractive");
        assertThat(answer.path("finishReason").asText()).isEqualTo("stop");
        assertThat(answer.path("traceId").asText()).matches("[0-9a-f]{32}");
        assertThat(answer.path("searchId").asText()).isEqualTo("the search");
    }

    @Test
    void oneQuestionIsOneTraceWithDeadlinesForEveryStage() {
        Reply reply = ask(JSON, QUESTION);
        String trace = reply.json().path("traceId").asText();
        assertThat(FakeServices.seen("Search.trace")).contains(trace);
        assertThat(FakeServices.seen("Rerank.trace")).contains(trace);
        assertThat(Long.parseLong(FakeServices.seen("Search.deadlineMs"))).isBetween(1L, 5_000L);
        assertThat(Long.parseLong(FakeServices.seen("Rerank.deadlineMs"))).isBetween(1L, 3_000L);
    }

    @Test
    void saysPlainlyWhenThePassagesHoldNoAnswer() {
        JsonNode answer = ask(JSON, "Which quark flavours did the collider observe yesterday?")
                .json();
        assertThat(answer.path("finishReason").asText()).isEqualTo("no_answer");
        assertThat(answer.path("answer").asText()).contains("do not seem to hold an answer");
        assertThat(answer.path("citations")).isEmpty();
        assertThat(answer.path("sources")).isNotEmpty();
    }

    @Test
    void saysSoWhenTheCollectionHoldsNothing() {
        JsonNode answer = post(JSON, "{\"collection\":\"empty\",\"question\":\"Anything?\"}")
                .json();
        assertThat(answer.path("finishReason").asText()).isEqualTo("no_answer");
        assertThat(answer.path("sources")).isEmpty();
    }

    @Test
    void keepsTheOrderOfTheSearchAndSaysSoWhenRerankingIsDown() {
        JsonNode answer = ask(JSON, QUESTION + " rerank-is-down").json();
        assertThat(answer.path("degraded")).extracting(JsonNode::asText).containsExactly("rerank");
        assertThat(answer.path("answer").asText()).contains("$1000");
    }

    @Test
    void doesNotWaitForSlowRerankingAndCancelsIt() {
        JsonNode answer = ask(JSON, QUESTION + " rerank-is-slow").json();
        assertThat(answer.path("degraded")).extracting(JsonNode::asText).containsExactly("rerank");
        assertThat(answer.path("timings").path("rerankMs").asDouble()).isBetween(2_500.0, 4_500.0);
        assertThat(FakeServices.seen("Rerank.cancelled")).isEqualTo("true");
    }

    @Test
    void passesOnWhatSearchHadToLeaveOut() {
        JsonNode answer = post(JSON, "{\"collection\":\"words-only\",\"question\":\"%s\"}".formatted(QUESTION))
                .json();
        assertThat(answer.path("degraded")).extracting(JsonNode::asText).containsExactly("dense");
    }

    @ParameterizedTest
    @ValueSource(strings = {SSE, JSON, "*/*"})
    void refusesWith503WhenSearchIsDown(String accept) {
        Reply reply = post(accept, "{\"collection\":\"search-down\",\"question\":\"Anything?\"}");
        assertProblem(reply, 503, "RETRIEVAL_UNAVAILABLE", "no answer");
    }

    @Test
    void searchesAFollowUpWithItsHistoryAndRanksByWhatWasSearched() {
        post(JSON, """
                {"question": "And what does it exclude?", "history": [
                  {"role": "user", "content": "What is PerksPlus?"},
                  {"role": "assistant", "content": "A program."}]}""");
        assertThat(FakeServices.seen("Search.query")).isEqualTo("And what does it exclude?");
        assertThat(FakeServices.seen("Search.history"))
                .contains("SPEAKER_USER text: \"What is PerksPlus?\"", "SPEAKER_ASSISTANT text: \"A program.\"");
        assertThat(FakeServices.seen("Rerank.query")).isEqualTo("What is PerksPlus? And what does it exclude?");
    }

    @Test
    void passesFiltersOn() {
        post(JSON, """
                {"question": "Anything?", "filter": {"author": "Kim", "year": [2020, "2021"]}}""");
        assertThat(FakeServices.seen("Search.filterText")).isEqualTo("{\"author\":\"Kim\",\"year\":[2020,\"2021\"]}");
        post(JSON, """
                {"question": "Anything?", "filter": "year >= 2020 and author = \\"Kim\\""}""");
        assertThat(FakeServices.seen("Search.filterText")).isEqualTo("year >= 2020 and author = \"Kim\"");
        post(JSON, """
                {"question": "Anything?", "filter": null}""");
        assertThat(FakeServices.seen("Search.filterText")).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {SSE, JSON, "*/*"})
    void refusesAnUnknownCollectionWith404(String accept) {
        Reply reply = post(accept, "{\"collection\":\"nowhere\",\"question\":\"Anything?\"}");
        assertProblem(reply, 404, "COLLECTION_NOT_FOUND", "\"nowhere\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"question": ""}                                                   | EMPTY_QUESTION    | empty
            {"question": "  "}                                                 | EMPTY_QUESTION    | empty
            {}                                                                 | EMPTY_QUESTION    | empty
            {"question": null}                                                 | EMPTY_QUESTION    | empty
            {"question": "a", "topK": 0}                                       | INVALID_TOP_K     | topK is 0, must be 1 to 50
            {"question": "a", "topK": -1}                                      | INVALID_TOP_K     | topK is -1
            {"question": "a", "topK": 1000000}                                 | INVALID_TOP_K     | topK is 1000000, must be 1 to 50
            {"question": "a", "topK": "many"}                                  | MALFORMED_BODY    | topK
            {"question": "a", "topK": 99999999999}                             | MALFORMED_BODY    | topK
            {"question": "a", "history": [{"role": "pirate", "content": "x"}]} | INVALID_HISTORY   | history[0].role is "pirate"
            {"question": "a", "history": [null]}                               | INVALID_HISTORY   | history[0].role
            {"question": "a", "history": "x"}                                  | MALFORMED_BODY    | history
            {"question": ["a"]}                                                | MALFORMED_BODY    | question
            {"question": "a", "collection": "../etc"}                          | INVALID_COLLECTION | collection is "../etc"
            {"question": "a", "collection": ""}                                | INVALID_COLLECTION | 1 to 64
            {"question": "a", "filters": {"x": "y"}}                           | UNKNOWN_FIELD     | "filters"
            {"question": "a", "filter": 5}                                     | INVALID_FILTER    | filter is 5
            {"question": "a", "filter": ["x = 1"]}                             | INVALID_FILTER    | filter is ["x = 1"], must be
            {"question": "a", "filter": "year >"}                              | INVALID_FILTER    | column 7: expected a value
            {"question": "a", "filter": {"x": "half \\ud800 a pair"}}          | INVALID_TEXT      | filter has half of a surrogate
            {"question": "a", "priority": "urgent"}                            | INVALID_PRIORITY  | priority is "urgent", must be interactive or batch
            {"question": "half \\ud800 a pair"}                                | INVALID_TEXT      | surrogate
            this is not JSON                                                   | MALFORMED_BODY    | JSON
            {"question": "a"                                                   | MALFORMED_BODY    | JSON
            []                                                                 | MALFORMED_BODY    | JSON
            """)
    void refusesBadInputAsAProblemWhateverIsAccepted(String body, String reason, String words) {
        for (String accept : List.of(SSE, JSON, "*/*")) {
            assertProblem(post(accept, body), 400, reason, words);
        }
    }

    @Test
    void refusesAnEmptyBody() {
        assertProblem(post(SSE, ""), 400, "MALFORMED_BODY", "empty");
        assertProblem(post(JSON, "null"), 400, "MALFORMED_BODY", "empty");
    }

    @Test
    void refusesALongQuestionNamingTheBound() {
        Reply reply = ask(SSE, "a".repeat(100_000));
        assertProblem(reply, 400, "QUESTION_TOO_LONG", "the question has 100000 characters, must be at most 8192");
        assertThat(reply.json().path("metadata").path("max").asText()).isEqualTo("8192");
    }

    @Test
    void refusesTooManyTurns() {
        String turn = "{\"role\":\"user\",\"content\":\"x\"}";
        String body = "{\"question\":\"a\",\"history\":[%s]}"
                .formatted(String.join(",", java.util.Collections.nCopies(65, turn)));
        assertProblem(post(JSON, body), 400, "INVALID_HISTORY", "65 turns, must be at most 64");
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] body = "{\"question\":\"caf\u00e9\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        for (String accept : List.of(SSE, JSON)) {
            Reply reply = Http.send(Http.request("/v1/answers")
                    .header("Accept", accept)
                    .header("Content-Type", JSON)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build());
            assertProblem(reply, 400, "MALFORMED_BODY", "UTF-8");
        }
    }

    @Test
    void refusesOtherMediaTypesMethodsAndHugeBodies() {
        Reply text = Http.send(Http.request("/v1/answers")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("hello"))
                .build());
        assertProblem(text, 415, "UNSUPPORTED_MEDIA_TYPE", "");
        assertProblem(Http.get("/v1/answers"), 405, "METHOD_NOT_ALLOWED", "");
        assertProblem(post("image/png", "{\"question\":\"a\"}"), 406, "NOT_ACCEPTABLE", "");
        assertThat(ask(JSON, "a".repeat(11_000_000)).status()).isEqualTo(413);
    }

    private static Reply ask(String accept, String question) {
        return post(accept, "{\"question\":\"%s\"}".formatted(question));
    }

    private static Reply post(String accept, String body) {
        return Http.post("/v1/answers", accept, body);
    }

    private static List<JsonNode> named(List<Event> events, String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .map(Event::data)
                .toList();
    }

    private static String text(List<Event> events) {
        return named(events, "token").stream().map(t -> t.path("text").asText()).collect(Collectors.joining());
    }

    private static void assertProblem(Reply reply, int status, String reason, String words) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.type()).startsWith("application/problem+json");
        assertThat(reply.json().path("reason").asText()).as(reply.body()).isEqualTo(reason);
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(reply.json().path("detail").asText()).contains(words);
    }
}
