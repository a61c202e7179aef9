package quintet.generate.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import quintet.generate.api.Http.Event;
import quintet.generate.fake.FakeModelServer;
import quintet.generate.fake.FakeServices;

/** What a model server writes, held against the passages. */
@QuarkusTest
@QuarkusTestResource(FakeServices.class)
@QuarkusTestResource(value = FakeModelServer.class, restrictToAnnotatedClass = true)
class EvidenceTest {
    private static final String JSON = "application/json";

    private static Http.Reply ask(String accept, String words) {
        return Http.post(
                "/v1/answers",
                accept,
                "{\"question\": \"Does PerksPlus cover programs of employees? %s\"}".formatted(words));
    }

    @Test
    void flagsSentencesThatNoPassageSupports() {
        List<Event> events = ask("text/event-stream", "model-invents").events();
        String text = events.stream()
                .filter(event -> event.name().equals("token"))
                .map(event -> event.data().path("text").asText())
                .collect(Collectors.joining());
        List<JsonNode> claims = events.stream()
                .filter(event -> event.name().equals("claim"))
                .map(Event::data)
                .toList();
        assertThat(claims)
                .extracting(claim -> claim.path("support").asText())
                .containsExactly("supported", "unsupported", "unsupported");
        assertThat(claims.get(0).path("evidence").path("sentence").asText()).startsWith("Under PerksPlus");
        assertThat(claims.get(0).path("cited").toString()).isEqualTo("[1]");
        assertThat(claims.get(1).path("unknown").toString()).isEqualTo("[\"Acme\",\"7500\",\"2031\"]");
        assertThat(text.substring(
                        claims.get(1).path("start").asInt(),
                        claims.get(1).path("end").asInt()))
                .isEqualTo("The board of Acme raised it to $7500 in 2031 [1].");
        Event done = events.getLast();
        assertThat(done.name()).isEqualTo("done");
        assertThat(done.data().path("claims").toString())
                .isEqualTo("{\"supported\":1,\"unsupported\":2,\"unchecked\":0}");
        assertThat(done.data().path("timings").path("verifyMs").isNumber()).isTrue();
    }

    @Test
    void answersInOnePieceTellTheSame() {
        JsonNode answer = ask(JSON, "model-invents").json();
        assertThat(answer.path("claims")).hasSize(3);
        JsonNode completion = Http.post("/v1/chat/completions", JSON, """
                        {"model": "default", "messages": [
                          {"role": "user", "content": "Does PerksPlus cover programs of employees? model-invents"}]}""").json();
        assertThat(completion.path("claims")).hasSize(3);
        assertThat(completion.path("quintet").path("claims").path("unsupported").asInt())
                .isEqualTo(2);
    }

    @Test
    void anAnswerFromTheSamePassagesIsNotWrittenTwice() {
        String words = "model-invents " + System.nanoTime();
        JsonNode first = ask(JSON, words).json();
        JsonNode second = ask(JSON, words).json();
        assertThat(first.path("cached").asBoolean()).isFalse();
        assertThat(second.path("cached").asBoolean()).isTrue();
        assertThat(second.path("answer")).isEqualTo(first.path("answer"));
        assertThat(second.path("citations")).isEqualTo(first.path("citations"));
        assertThat(second.path("claims")).isEqualTo(first.path("claims"));
        assertThat(second.path("pace").isMissingNode()).isTrue();
    }

    @Test
    void takesTheModelsWordThatThereIsNoAnswer() {
        JsonNode answer = ask(JSON, "model-refuses").json();
        assertThat(answer.path("finishReason").asText()).isEqualTo("no_answer");
        assertThat(answer.path("answer").asText()).isEqualTo("The passages do not say who.");
    }

    @Test
    void showsNoAddressThatAModelWasMadeToWrite() {
        JsonNode answer = ask(JSON, "model-obeys").json();
        assertThat(answer.path("answer").asText())
                .isEqualTo("Under PerksPlus an employee can expense $1000 every year [1]. status ");
        assertThat(answer.toString()).doesNotContain("evil.example");
    }
}
