package quintet.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/** Translates {@link Failure} to a gRPC status with one {@code ErrorInfo}, and back. */
public final class RpcErrors {
    private static final Logger LOG = Logger.getLogger(RpcErrors.class);
    private static final String DOMAIN = "quintet";

    private RpcErrors() {}

    /** Returns the status that stands for {@code thrown}; logs it if it is a bug. */
    public static StatusRuntimeException toStatus(Throwable thrown) {
        if (thrown instanceof StatusRuntimeException status) {
            return status;
        }
        Failure failure = Failure.of(thrown);
        if (failure.kind() == Failure.Kind.INTERNAL) {
            LOG.errorf(thrown, "call failed, reason=%s", failure.reason());
        }
        Status.Builder status = Status.newBuilder()
                .setCode(code(failure.kind()).getNumber())
                .setMessage(failure.message())
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(failure.reason())
                        .setDomain(DOMAIN)
                        .putAllMetadata(failure.metadata())
                        .build()));
        failure.retryAfter()
                .ifPresent(after -> status.addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                                .setSeconds(after.toSeconds())
                                .setNanos(after.toNanosPart()))
                        .build())));
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /**
     * Returns the failure behind an outgoing call's {@code thrown}.
     *
     * @param unavailableReason reason when the other side did not answer at all or not in time
     */
    public static Failure toFailure(Throwable thrown, String unavailableReason) {
        if (thrown instanceof TimeoutException) {
            return Failure.unavailable(unavailableReason, "no answer in time", thrown);
        }
        if (!(thrown instanceof StatusRuntimeException)) {
            return Failure.of(thrown);
        }
        Status status = StatusProto.fromThrowable(thrown);
        if (status == null) {
            return Failure.internal(thrown);
        }
        ErrorInfo info = detail(status, ErrorInfo.class);
        Failure.Kind kind = kind(status.getCode());
        if (info == null || kind == Failure.Kind.INTERNAL) {
            return kind == Failure.Kind.UNAVAILABLE
                    ? Failure.unavailable(unavailableReason, describe(status), thrown)
                    : Failure.internal(thrown);
        }
        RetryInfo retry = detail(status, RetryInfo.class);
        Duration retryAfter = retry == null
                ? null
                : Duration.ofSeconds(
                        retry.getRetryDelay().getSeconds(),
                        retry.getRetryDelay().getNanos());
        return Failure.received(
                kind, info.getReason(), status.getMessage(), Map.copyOf(info.getMetadataMap()), retryAfter, thrown);
    }

    private static String describe(Status status) {
        return "no answer (%s %s)".formatted(Code.forNumber(status.getCode()), status.getMessage());
    }

    private static <T extends com.google.protobuf.Message> @Nullable T detail(Status status, Class<T> type) {
        for (Any any : status.getDetailsList()) {
            if (any.is(type)) {
                try {
                    return any.unpack(type);
                } catch (InvalidProtocolBufferException e) {
                    LOG.debugf(e, "unreadable %s in a status", type.getSimpleName());
                }
            }
        }
        return null;
    }

    private static Code code(Failure.Kind kind) {
        return switch (kind) {
            case INVALID_INPUT -> Code.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
            case FORBIDDEN -> Code.PERMISSION_DENIED;
            case NOT_FOUND -> Code.NOT_FOUND;
            case CONFLICT -> Code.FAILED_PRECONDITION;
            case OVERLOADED -> Code.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Code.UNAVAILABLE;
            case INTERNAL -> Code.INTERNAL;
        };
    }

    private static Failure.Kind kind(int code) {
        return switch (Code.forNumber(code)) {
            case INVALID_ARGUMENT -> Failure.Kind.INVALID_INPUT;
            case UNAUTHENTICATED -> Failure.Kind.UNAUTHENTICATED;
            case PERMISSION_DENIED -> Failure.Kind.FORBIDDEN;
            case NOT_FOUND -> Failure.Kind.NOT_FOUND;
            case FAILED_PRECONDITION -> Failure.Kind.CONFLICT;
            case RESOURCE_EXHAUSTED -> Failure.Kind.OVERLOADED;
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> Failure.Kind.UNAVAILABLE;
            case null, default -> Failure.Kind.INTERNAL;
        };
    }
}
