package quintet.generate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.generate.fake.FakeServices;
import quintet.generate.v1.AnswerFilter;
import quintet.generate.v1.AnswerRequest;
import quintet.generate.v1.AnswerResponse;
import quintet.generate.v1.GenerateServiceGrpc;
import quintet.generate.v1.GenerateServiceGrpc.GenerateServiceBlockingStub;
import quintet.generate.v1.Priority;
import quintet.generate.v1.Turn;
import quintet.rpc.RpcErrors;

@QuarkusTest
@QuarkusTestResource(FakeServices.class)
class GenerateGrpcServiceTest {
    private static ManagedChannel channel;

    @BeforeAll
    static void open() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    @AfterAll
    static void close() {
        channel.shutdownNow();
    }

    @Test
    void streamsSourcesTokensCitationsAndDone() {
        List<AnswerResponse> events = new ArrayList<>();
        stub().answer(question().setQuestion("What does PerksPlus cover?").build())
                .forEachRemaining(events::add);
        assertThat(events.getLast().getDone().hasTimeToFirstTokenUs()).isFalse();
        assertThat(events.getFirst().hasSources()).isTrue();
        assertThat(events.getFirst().getSources().getSources(0).getPage()).isEqualTo(2);
        assertThat(events.getFirst().getSources().getSearchId()).isEqualTo("the search");
        assertThat(events).anyMatch(AnswerResponse::hasToken).anyMatch(AnswerResponse::hasCitation);
        assertThat(events.getLast().getDone().getFinishReason()).isEqualTo("stop");
        assertThat(events.getLast().getDone().getModel()).isEqualTo("extractive");
        assertThat(events.getLast().getDone().getTimingsUsMap()).containsKeys("retrieve", "rerank", "total");
    }

    @Test
    void passesTheCallersDeadlineOn() {
        stub().withDeadlineAfter(900, TimeUnit.MILLISECONDS)
                .answer(question().build())
                .forEachRemaining(_ -> {});
        assertThat(Long.parseLong(FakeServices.seen("Search.deadlineMs"))).isBetween(1L, 450L);
    }

    @Test
    void passesFiltersOn() {
        stub().answer(question()
                        .addFilters(AnswerFilter.newBuilder().setField("author").addValues("Kim"))
                        .setFilterText("year >= 2020")
                        .build())
                .forEachRemaining(_ -> {});
        assertThat(FakeServices.seen("Search.filters")).contains("field: \"author\" values: \"Kim\"");
        assertThat(FakeServices.seen("Search.filterText")).isEqualTo("year >= 2020");
    }

    @Test
    void refusesBadInputWithItsReason() {
        assertRefused(question().setFilterText("year >"), Status.Code.INVALID_ARGUMENT, "INVALID_FILTER");
        assertRefused(question().setCollection("nowhere"), Status.Code.NOT_FOUND, "COLLECTION_NOT_FOUND");
        assertRefused(question().setQuestion(" "), Status.Code.INVALID_ARGUMENT, "EMPTY_QUESTION");
        assertRefused(question().setTopK(-1), Status.Code.INVALID_ARGUMENT, "INVALID_TOP_K");
        assertRefused(question().setTopK(51), Status.Code.INVALID_ARGUMENT, "INVALID_TOP_K");
        assertRefused(
                question().addHistory(Turn.newBuilder().setRole("pirate")),
                Status.Code.INVALID_ARGUMENT,
                "INVALID_HISTORY");
        assertRefused(
                question().setPriority(Priority.PRIORITY_UNSPECIFIED),
                Status.Code.INVALID_ARGUMENT,
                "INVALID_PRIORITY");
        assertRefused(question().setQuestion("a".repeat(8193)), Status.Code.INVALID_ARGUMENT, "QUESTION_TOO_LONG");
        assertRefused(question().setCollection("search-down"), Status.Code.UNAVAILABLE, "RETRIEVAL_UNAVAILABLE");
    }

    private static void assertRefused(AnswerRequest.Builder request, Status.Code code, String reason) {
        assertThatThrownBy(() -> stub().answer(request.build()).hasNext())
                .isInstanceOfSatisfying(StatusRuntimeException.class, thrown -> {
                    assertThat(thrown.getStatus().getCode()).isEqualTo(code);
                    Failure failure = RpcErrors.toFailure(thrown, "NONE");
                    assertThat(failure.reason()).isEqualTo(reason);
                });
    }

    private static GenerateServiceBlockingStub stub() {
        return GenerateServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private static AnswerRequest.Builder question() {
        return AnswerRequest.newBuilder().setCollection("default").setQuestion("What is PerksPlus?");
    }
}
