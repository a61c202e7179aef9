package quintet.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quintet.failure.Failure;

class RpcErrorsTest {
    @ParameterizedTest
    @EnumSource(
            value = Failure.Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"INTERNAL"})
    void bringsAFailureAcross(Failure.Kind kind) {
        Failure sent = Failure.received(
                kind, "SOME_REASON", "topK is 0", Map.of("topK", "0"), Duration.ofMillis(1500), new Exception());

        Failure received = RpcErrors.toFailure(RpcErrors.toStatus(sent), "DOWN");

        assertThat(received.kind()).isEqualTo(kind);
        assertThat(received.reason()).isEqualTo("SOME_REASON");
        assertThat(received.message()).isEqualTo("topK is 0");
        assertThat(received.metadata()).containsExactlyEntriesOf(Map.of("topK", "0"));
        assertThat(received.retryAfter()).contains(Duration.ofMillis(1500));
    }

    @Test
    void hidesTheDetailOfABug() {
        StatusRuntimeException status = RpcErrors.toStatus(new IllegalStateException("password is hunter2"));

        assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(status.getStatus().getDescription()).doesNotContain("hunter2");
    }

    @Test
    void namesTheServiceThatDidNotAnswer() {
        StatusRuntimeException late = Status.DEADLINE_EXCEEDED.asRuntimeException();

        Failure failure = RpcErrors.toFailure(late, "EMBEDDING_UNAVAILABLE");

        assertThat(failure.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        assertThat(failure.reason()).isEqualTo("EMBEDDING_UNAVAILABLE");
    }
}
