package quintet.retrieve.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.info;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.retrieve.Samples;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageWriter;
import quintet.retrieve.v1.Expansion;
import quintet.retrieve.v1.RetrieveServiceGrpc;
import quintet.retrieve.v1.Rewrite;
import quintet.retrieve.v1.SearchRequest;
import quintet.retrieve.v1.SearchResponse;
import quintet.retrieve.v1.SearchedQuery;
import quintet.retrieve.v1.SelfQuery;
import quintet.retrieve.v1.Speaker;
import quintet.retrieve.v1.Turn;

/** What happens before a search, asked for over HTTP and gRPC and shown in both answers. */
@QuarkusTest
@QuarkusTestResource(FakeEmbedService.class)
class RewritingEdgesTest {
    private static final String PATH = "/v1/collections/rewriting/search";

    @Inject
    PassageWriter index;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @BeforeEach
    void fill() {
        VersionRef ref = new VersionRef(new CollectionName("rewriting"), "handbook", 1);
        index.put(
                ref,
                Samples.parts(
                        ref,
                        info("handbook.pdf", Map.of("author", "Jane Kim")),
                        MODEL,
                        8,
                        "The Employee Assistance Program (EAP) offers counselling.",
                        "Fitness expenses are reimbursed."));
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json").body(body).post(PATH).then();
    }

    @Test
    void showsWhatWasSearched() {
        post("{\"query\": \"expences by jane kim in the EAP and fitnes\"}")
                .statusCode(200)
                .body("degraded", hasSize(0))
                .body("rewriting.queries", hasSize(1))
                .body("rewriting.queries[0].kind", equalTo("query"))
                .body(
                        "rewriting.queries[0].text",
                        equalTo("expenses by jane kim in the EAP (Employee Assistance Program) and fitness"))
                .body("rewriting.queries[0].words", equalTo("expences by jane kim in the EAP and fitnes"))
                .body("rewriting.corrections.word", equalTo(List.of("expences", "fitnes")))
                .body("rewriting.abbreviations.shortForm", equalTo(List.of("EAP")))
                .body("rewriting.filters[0].filter", equalTo("author = \"Jane Kim\""))
                .body("rewriting.filters[0].use", equalTo("suggested"));
    }

    @Test
    void everyStepCanBeTurnedOff() {
        for (String rewrite : List.of(
                "false",
                "{\"followUp\": false, \"spelling\": false, \"abbreviations\": false, \"selfQuery\": \"off\"}")) {
            post("{\"query\": \"fitnes by jane kim in the EAP\", \"rewrite\": %s}".formatted(rewrite))
                    .statusCode(200)
                    .body("rewriting.queries[0].text", equalTo("fitnes by jane kim in the EAP"))
                    .body("rewriting.corrections", hasSize(0))
                    .body("rewriting.abbreviations", hasSize(0))
                    .body("rewriting.filters", hasSize(0));
        }
    }

    @Test
    void aFollowUpFindsWhatItPointsBackTo() {
        String history = "[{\"role\": \"user\", \"content\": \"Are fitness expenses reimbursed?\"},"
                + " {\"role\": \"assistant\", \"content\": \"Yes.\"}]";
        post("{\"query\": \"Why is that?\", \"mode\": \"lexical\", \"history\": %s}".formatted(history))
                .statusCode(200)
                .body("rewriting.queries[0].text", equalTo("fitness expenses reimbursed Why is that?"))
                .body("hits[0].text", equalTo("Fitness expenses are reimbursed."));
    }

    @Test
    void appliedFiltersThatLeaveNothingAreDroppedAndThisIsSaid() {
        post("{\"query\": \"fitness by Jane Kim\", \"mode\": \"lexical\", \"rewrite\": {\"selfQuery\": \"apply\"}}")
                .statusCode(200)
                .body("rewriting.filters[0].use", equalTo("applied"))
                .body("hits", hasSize(1));
        // An author whose documents say nothing of it, beside one who does.
        VersionRef other = new VersionRef(new CollectionName("rewriting"), "other", 1);
        index.put(other, Samples.parts(other, info("o.txt", Map.of("author", "Ole Lund")), MODEL, 8, "Nothing here."));
        post("{\"query\": \"fitness ole lund\", \"mode\": \"lexical\", \"rewrite\": {\"selfQuery\": \"apply\"}}")
                .statusCode(200)
                .body("rewriting.filters[0].use", equalTo("dropped"))
                .body("hits.documentId", equalTo(List.of("handbook")));
        post("{\"query\": \"fitness ole lund\", \"rewrite\": {\"selfQuery\": \"boost\"}}")
                .statusCode(200)
                .body("rewriting.queries.kind", equalTo(List.of("query", "filtered")))
                .body("hits", hasSize(3));
    }

    @Test
    void withoutAModelServerThereAreNoFurtherQueries() {
        post("{\"query\": \"fitness\", \"rewrite\": {\"expansions\": [\"hyde\", \"multi-query\"], \"feedback\": true}}")
                .statusCode(200)
                .body("degraded", equalTo(List.of("rewriting")))
                .body("rewriting.queries", hasSize(1))
                .body("rewriting.queries[0].also.size()", equalTo(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"rewrite\": {\"selfQuery\": \"always\"} | INVALID_REWRITE | must be one of [off, suggest, boost, apply]",
                "\"rewrite\": {\"expansions\": [\"more\"]} | INVALID_REWRITE | must be one of [multi-query, hyde, step-back",
                "\"rewrite\": {\"expansions\": [null]} | INVALID_REWRITE | 'null'",
                "\"rewrite\": {\"spelling\": \"yes\"} | MALFORMED_BODY | spelling",
                "\"rewrite\": {\"more\": true} | MALFORMED_BODY | more",
                "\"history\": [{\"role\": \"pirate\", \"content\": \"x\"}] | INVALID_HISTORY | history[0].role is 'pirate'",
                "\"history\": [null] | INVALID_HISTORY | history[0].role",
            })
    void refusesWhatItDoesNotKnow(String field, String reason, String sentence) {
        post("{\"query\": \"x\", %s}".formatted(field))
                .statusCode(400)
                .body("reason", equalTo(reason))
                .body("detail", containsString(sentence));
    }

    @Test
    void refusesAHistoryThatIsTooLong() {
        String turn = "{\"role\": \"user\", \"content\": \"%s\"}";
        post("{\"query\": \"x\", \"history\": [%s]}"
                        .formatted(String.join(",", java.util.Collections.nCopies(65, turn.formatted("x")))))
                .statusCode(400)
                .body("detail", containsString("history has 65 turns, must have at most 64"));
        post("{\"query\": \"x\", \"history\": [%s]}".formatted(turn.formatted("x".repeat(32_769))))
                .statusCode(400)
                .body("detail", containsString("history[0] has 32769 characters, must have at most 32768"));
    }

    @Test
    void saysTheSameOverGrpc() {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            var retrieve = RetrieveServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
            SearchRequest.Builder request = SearchRequest.newBuilder()
                    .setCollection("rewriting")
                    .setQuery("Who pays for fitnes then? It was Jane Kim")
                    .addHistory(
                            Turn.newBuilder().setSpeaker(Speaker.SPEAKER_USER).setText("Are expenses reimbursed?"))
                    .setRewrite(Rewrite.newBuilder()
                            .setSelfQuery(SelfQuery.SELF_QUERY_BOOST)
                            .addExpansions(Expansion.EXPANSION_HYDE));
            SearchResponse response = retrieve.search(request.build());
            assertThat(response.getRewriting().getQueriesList())
                    .extracting(SearchedQuery::getKind)
                    .containsExactly("query", "filtered");
            assertThat(response.getRewriting().getQueries(0).getText())
                    .isEqualTo("expenses reimbursed Who pays for fitness then? It was Jane Kim");
            assertThat(response.getRewriting().getCorrections(0).getCorrection())
                    .isEqualTo("fitness");
            assertThat(response.getRewriting().getFilters(0).getUse()).isEqualTo("boosted");
            assertThat(response.getDegradedList()).containsExactly("rewriting");
            assertThatThrownBy(() -> retrieve.search(
                            request.addHistory(Turn.getDefaultInstance()).build()))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("history[1]");
        } finally {
            channel.shutdownNow();
        }
    }
}
