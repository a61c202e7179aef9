package quintet.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuiteClientTest {
    private static final Passage FIRST = new Passage("d1", "a.pdf", 3, 4, "first", 0.9, 0);
    private static final Passage SECOND = new Passage("d2", "b.txt", 0, 0, "second", 0.5, 0);

    private final FakeSuite fake = new FakeSuite();
    private final SuiteClient client = new SuiteClient(fake.url());

    SuiteClientTest() throws IOException {}

    @AfterEach
    void close() {
        client.close();
        fake.close();
    }

    @Test
    void readsHitsWithAndWithoutPages() {
        fake.on("POST /v1/collections/c/search", 200, """
            {"hits": [
              {"documentId": "d1", "filename": "a.pdf", "page": 3, "pageEnd": 4, "text": "first", "score": 0.9},
              {"documentId": "d2", "filename": "b.txt", "text": "second", "score": 0.5}], "degraded": []}\
            """);

        assertThat(client.search("c", "q", 10, SearchMode.DENSE)).containsExactly(FIRST, SECOND);
        assertThat(fake.requests().getFirst()).endsWith("{\"query\":\"q\",\"topK\":10,\"mode\":\"dense\"}");
    }

    @Test
    void refusesToMeasureASearchThatLeftAStepOut() {
        fake.on("POST /v1/collections/c/search", 200, "{\"hits\": [], \"degraded\": [\"dense\"]}");

        assertThatThrownBy(() -> client.search("c", "q", 10, SearchMode.HYBRID))
                .isInstanceOf(SuiteException.class)
                .hasMessageContaining("[dense]");
    }

    @Test
    void embedsPassagesInOneRequest() {
        fake.on("POST /v1/embeddings", 200, "{\"data\": [{\"embedding\": [1]}, {\"embedding\": [0]}]}");

        assertThat(client.embed(List.of("one", "two"))).isEqualTo(2);
        assertThat(fake.requests().getFirst()).endsWith("{\"input\":[\"one\",\"two\"]}");
    }

    @Test
    void reranksWithTheScoresOfTheFirstStage() {
        fake.on("POST /v1/rerank", 200, "{\"results\": [{\"index\": 1}, {\"index\": 0}]}");

        assertThat(client.rerank("q", List.of(FIRST, SECOND))).containsExactly(SECOND, FIRST);
        assertThat(fake.requests().getFirst())
                .contains("{\"text\":\"first\",\"score\":0.9}", "{\"text\":\"second\",\"score\":0.5}");
    }

    @Test
    void asksForTheFirstOnesAndReadsHowManyWereScored() {
        fake.on("POST /v1/rerank", 200, """
            {"results": [{"index": 1, "relevance_score": 0.25}], "meta": {"scored": 1, "stop_reason": "ORDER_SETTLED"}}\
            """);

        Reranking reranking = client.rerank("q", List.of(FIRST, SECOND), 1);

        assertThat(reranking.results()).containsExactly(new Reranking.Result(1, OptionalDouble.of(0.25)));
        assertThat(reranking.scored()).isEqualTo(1);
        assertThat(reranking.stopReason()).isEqualTo("ORDER_SETTLED");
        assertThat(fake.requests().getFirst()).contains("\"top_n\":1");
    }

    @Test
    void readsWhatIsLeftOfPassages() {
        fake.on("POST /v1/compress", 200, """
            {"passages": [{"text": "kept"}, {"text": ""}],
             "meta": {"original_tokens": 9, "kept_tokens": 1, "sentences": 3, "scored": 3}}\
            """)
                .on("POST /v1/compress", 200, "{\"meta\": {\"sentences\": 3, \"scored\": 2}}");

        assertThat(client.compress("q", List.of("a", "b"), 0.5, true))
                .isEqualTo(new Compression(List.of("kept", ""), 9, 1));
        assertThat(fake.requests().getFirst())
                .endsWith("{\"query\":\"q\",\"threshold\":0.5,\"keep_first\":true,\"passages\":[\"a\",\"b\"]}");
        assertThatThrownBy(() -> client.compress("q", List.of("a"), 0.5, true))
                .isInstanceOf(SuiteException.class)
                .hasMessage("of 3 sentences only 2 were read");
    }

    @Test
    void readsAnAnswerWithItsEvidence() {
        fake.on("POST /v1/answers", 200, """
            {"answer": "Yes [2].", "finishReason": "stop", "degraded": [], "timings": {"totalMs": 12.5},
             "citations": [{"number": 2, "page": 4, "sentence": "Yes."}],
             "sources": [{"number": 1, "documentId": "d2", "filename": "b.txt", "text": "second"},
                         {"number": 2, "documentId": "d1", "filename": "a.pdf", "page": 3, "pageEnd": 4, "text": "first"}]}\
            """);

        Answer answer = client.answer("c", "q");

        assertThat(answer.citations()).hasSize(1);
        assertThat(answer.citations().getFirst().source().filename()).isEqualTo("a.pdf");
        assertThat(answer.citations().getFirst().sentencePage()).isEqualTo(4);
        assertThat(answer.sources()).extracting(Passage::documentId).containsExactly("d2", "d1");
        assertThat(answer.timingsMs()).isEqualTo(Map.of("totalMs", 12.5));
        assertThat(answer.isRefusal()).isFalse();
    }

    @Test
    void triesAgainWhereTheSuiteIsBusy() {
        fake.on("POST /v1/rerank", 429, "{\"reason\": \"OVERLOADED\"}")
                .on("POST /v1/rerank", 200, "{\"results\": [{\"index\": 0}]}");

        assertThat(client.rerank("q", List.of(FIRST))).containsExactly(FIRST);
    }

    @Test
    void saysWhatWasAskedAndWhyItWasRefused() {
        fake.on("POST /v1/answers", 404, "{\"reason\": \"COLLECTION_NOT_FOUND\", \"detail\": \"no collection c\"}");

        assertThatThrownBy(() -> client.answer("c", "q"))
                .isInstanceOf(SuiteException.class)
                .hasMessage("POST " + fake.url() + "/v1/answers answered 404 COLLECTION_NOT_FOUND: no collection c");
    }

    @Test
    void knowsWhetherASuiteIsUp() {
        assertThat(client.isUp()).isFalse();
        fake.on("GET /v1/models", 200, "{\"data\": []}");
        assertThat(client.isUp()).isTrue();
    }
}
