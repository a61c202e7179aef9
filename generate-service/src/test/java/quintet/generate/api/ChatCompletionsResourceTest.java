package quintet.generate.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.generate.api.Http.Reply;
import quintet.generate.fake.FakeServices;

@QuarkusTest
@QuarkusTestResource(FakeServices.class)
class ChatCompletionsResourceTest {
    private static final String QUESTION = "How much can an employee expense for fitness programs under PerksPlus?";

    @Test
    void answersInOnePieceWithCitations() {
        Reply reply = chat("""
                {"model": "default", "messages": [{"role": "user", "content": "%s"}]}""".formatted(QUESTION));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).startsWith("application/json");
        JsonNode completion = reply.json();
        assertThat(completion.path("object").asText()).isEqualTo("chat.completion");
        assertThat(completion.path("id").asText()).startsWith("chatcmpl-");
        assertThat(completion.path("model").asText()).isEqualTo("default");
        JsonNode choice = completion.path("choices").path(0);
        assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(choice.path("message").path("role").asText()).isEqualTo("assistant");
        assertThat(choice.path("message").path("content").asText())
                .contains("$1000")
                .contains("[1]");
        JsonNode cited = choice.path("message").path("annotations").path(0).path("file_citation");
        assertThat(cited.path("filename").asText()).isEqualTo("PerksPlus.pdf");
        assertThat(completion.path("citations")).isNotEmpty();
        assertThat(completion.path("usage").path("total_tokens").isInt()).isTrue();
        assertThat(completion.path("quintet").path("mode").asText()).isEqualTo("extractive");
    }

    @Test
    void streamsChunksThatEndWithDoneEvenIfTheClientAcceptsJsonOnly() {
        Reply reply = chat("""
                {"model": "default", "stream": true, "stream_options": {"include_usage": true},
                 "messages": [{"role": "system", "content": "Be brief."},
                              {"role": "user", "content": [{"type": "text", "text": "%s"}]}]}""".formatted(QUESTION));
        assertThat(reply.type()).startsWith("text/event-stream");
        assertThat(reply.body().strip()).endsWith("data: [DONE]");
        List<JsonNode> chunks = reply.events().stream().map(Http.Event::data).toList();
        assertThat(chunks.getFirst()
                        .path("choices")
                        .path(0)
                        .path("delta")
                        .path("role")
                        .asText())
                .isEqualTo("assistant");
        String text = chunks.stream()
                .map(c ->
                        c.path("choices").path(0).path("delta").path("content").asText(""))
                .collect(Collectors.joining());
        assertThat(text).contains("$1000").contains("[1]");
        assertThat(chunks).anyMatch(c -> !c.path("citations").isMissingNode());
        assertThat(chunks)
                .anyMatch(c -> c.path("choices")
                        .path(0)
                        .path("finish_reason")
                        .asText("")
                        .equals("stop"));
        assertThat(chunks).anyMatch(c -> c.path("usage").path("total_tokens").isInt());
        assertThat(chunks.stream()
                        .map(c -> c.path("id").asText(""))
                        .filter(id -> !id.isEmpty())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void takesTheLastUserMessageAsTheQuestionAndSearchesFollowUpsWithTheOneBefore() {
        chat("""
                {"messages": [{"role": "user", "content": "What is PerksPlus?"},
                              {"role": "assistant", "content": "A program."},
                              {"role": "user", "content": "And what does it exclude?"}]}""");
        assertThat(FakeServices.seen("Search.query")).isEqualTo("And what does it exclude?");
        assertThat(FakeServices.seen("Search.history"))
                .contains("SPEAKER_USER text: \"What is PerksPlus?\"", "SPEAKER_ASSISTANT text: \"A program.\"");
        assertThat(FakeServices.seen("Rerank.query")).isEqualTo("What is PerksPlus? And what does it exclude?");
    }

    @Test
    void passesFiltersOn() {
        chat("""
                {"filter": "year >= 2020", "messages": [{"role": "user", "content": "What is PerksPlus?"}]}""");
        assertThat(FakeServices.seen("Search.filterText")).isEqualTo("year >= 2020");
        chat("""
                {"filter": {"year": {"gte": 2020}}, "messages": [{"role": "user", "content": "What is PerksPlus?"}]}""");
        assertThat(FakeServices.seen("Search.filterText")).isEqualTo("{\"year\":{\"gte\":2020}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"nowhere","messages":[{"role":"user","content":"a"}]}                | 404 | COLLECTION_NOT_FOUND
            {"model":"No Such","messages":[{"role":"user","content":"a"}]}                | 400 | INVALID_COLLECTION
            {"messages":[]}                                                               | 400 | EMPTY_QUESTION
            {}                                                                            | 400 | EMPTY_QUESTION
            {"messages":[{"role":"user","content":"  "}]}                                 | 400 | EMPTY_QUESTION
            {"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]} | 400 | EMPTY_QUESTION
            {"messages":[{"role":"tool","content":"a"}]}                                  | 400 | INVALID_HISTORY
            {"messages":[null]}                                                           | 400 | INVALID_HISTORY
            {"messages":[{"role":"user","content":7}]}                                    | 400 | INVALID_CONTENT
            {"messages":[{"role":"user","content":[{"type":"image_url"}]}]}               | 400 | INVALID_CONTENT
            {"messages":"a"}                                                              | 400 | MALFORMED_BODY
            {"n":2,"messages":[{"role":"user","content":"a"}]}                            | 400 | INVALID_N
            {"top_k":0,"messages":[{"role":"user","content":"a"}]}                        | 400 | INVALID_TOP_K
            {"stream":true,"model":"search-down","messages":[{"role":"user","content":"a"}]} | 503 | RETRIEVAL_UNAVAILABLE
            nonsense                                                                      | 400 | MALFORMED_BODY
            """)
    void refusesBadInputAsAProblemThatOpenAiClientsUnderstand(String body, int status, String reason) {
        Reply reply = chat(body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.type()).startsWith("application/problem+json");
        assertThat(reply.json().path("reason").asText()).as(reply.body()).isEqualTo(reason);
        assertThat(reply.json().path("error").path("code").asText()).isEqualTo(reason);
        assertThat(reply.json().path("error").path("message").asText()).isNotEmpty();
    }

    @Test
    void listsCollectionsAsModels() {
        JsonNode models = Http.get("/v1/models").json();
        assertThat(models.path("object").asText()).isEqualTo("list");
        assertThat(models.path("data").path(0).path("id").asText()).isEqualTo("default");
        assertThat(models.path("data").path(0).path("owned_by").asText()).isEqualTo("quintet");
    }

    private static Reply chat(String body) {
        return Http.post("/v1/chat/completions", "application/json", body);
    }
}
