package quintet.rerank.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.rerank.v1.Candidate;
import quintet.rerank.v1.CompressRequest;
import quintet.rerank.v1.CompressResponse;
import quintet.rerank.v1.PassageOutcome;
import quintet.rerank.v1.RerankRequest;
import quintet.rerank.v1.RerankResponse;
import quintet.rerank.v1.RerankServiceGrpc;
import quintet.rerank.v1.StopReason;
import quintet.rpc.RpcErrors;

/** The gRPC edge over the real model. */
@QuarkusTest
@TestProfile(EdgeProfile.class)
class RerankGrpcServiceTest {
    @TestHTTPResource
    URI address;

    private ManagedChannel channel;
    private RerankServiceGrpc.RerankServiceBlockingStub rerank;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
                .usePlaintext()
                .build();
        rerank = RerankServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void ranksByBothStages() {
        RerankResponse response = rerank.rerank(RerankRequest.newBuilder()
                .setQuery("Who found the roots of cubic equations?")
                .addCandidates(candidate("Vacation is 20 days.", 2f))
                .addCandidates(candidate("Italian mathematicians found the roots of cubic equations.", 1.9f))
                .addCandidates(candidate("Nothing to see.", 1f))
                .build());
        assertThat(response.getResults(0).getIndex()).isEqualTo(1);
        assertThat(response.getResults(0).getAnswer().getStart()).isZero();
        assertThat(response.getResults(0).getRelevance()).isGreaterThan(0.5f);
        assertThat(response.getScoredCount()).isEqualTo(3);
        assertThat(response.getStopReason()).isEqualTo(StopReason.STOP_REASON_ALL);
        assertThat(response.getComputeTimeUs()).isPositive();
        assertThat(response.getModel()).isEqualTo("quintet-reader-v1-int8");
    }

    @Test
    void answersWithinTheCallersDeadlineAndSaysHowFarItCame() {
        RerankRequest small = RerankRequest.newBuilder()
                .setQuery("q")
                .addCandidates(candidate("a", 1f))
                .build();
        assertThat(rerank.rerank(small).getScoredCount()).isEqualTo(1);
        RerankResponse response = rerank.withDeadlineAfter(2, TimeUnit.SECONDS)
                .rerank(RerankRequest.newBuilder()
                        .setQuery("q")
                        .addAllCandidates(Collections.nCopies(
                                256, candidate("A passage of some length about vacation. ".repeat(40), 1f)))
                        .build());
        assertThat(response.getScoredCount()).isLessThan(256);
        assertThat(response.getStopReason()).isEqualTo(StopReason.STOP_REASON_DEADLINE);
        assertThat(response.getResultsCount()).isEqualTo(256);
        assertThat(response.getResults(255).hasRelevance()).isFalse();
    }

    @Test
    void compresses() {
        CompressResponse response = rerank.compress(CompressRequest.newBuilder()
                .setQuery("Who found the roots of cubic equations?")
                .addPassages("Bread was cheap. Italian mathematicians found the roots of cubic equations.")
                .addPassages("Vacation is 20 days.")
                .setThreshold(0.5f)
                .build());
        assertThat(response.getPassages(0).getOutcome()).isEqualTo(PassageOutcome.PASSAGE_OUTCOME_KEPT);
        assertThat(response.getPassages(0).getText()).startsWith("Italian");
        assertThat(response.getPassages(0).getSpans(0).getStart()).isEqualTo(17);
        assertThat(response.getPassages(1).getOutcome()).isEqualTo(PassageOutcome.PASSAGE_OUTCOME_IRRELEVANT);
        assertThat(response.getKeptTokens()).isPositive().isLessThan(response.getOriginalTokens());
        assertThat(response.getScoredCount()).isEqualTo(3);
        assertThat(response.getComputeTimeUs()).isPositive();
    }

    @Test
    void refusesWithItsReason() {
        assertThatThrownBy(() ->
                        rerank.rerank(RerankRequest.newBuilder().setQuery("q").build()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    Failure failure = RpcErrors.toFailure(refused, "UNUSED");
                    assertThat(failure.reason()).isEqualTo("EMPTY_INPUT");
                    assertThat(failure.message()).isEqualTo("there are 0 candidates, must be 1 to 256");
                });
    }

    private static Candidate candidate(String text, float score) {
        return Candidate.newBuilder().setText(text).setFirstStageScore(score).build();
    }
}
