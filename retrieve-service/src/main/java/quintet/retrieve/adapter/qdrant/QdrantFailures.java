package quintet.retrieve.adapter.qdrant;

import io.grpc.Status;
import java.time.Duration;
import quintet.failure.Failure;

/** What a failed call of Qdrant means to the caller. */
final class QdrantFailures {
    private static final String UNAVAILABLE = "VECTOR_STORE_UNAVAILABLE";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private QdrantFailures() {}

    /** Returns the failure behind a read. */
    static Failure reading(Throwable thrown, String address) {
        return of(thrown, address, "INDEX_UNREADABLE", "read");
    }

    /** Returns the failure behind a write. */
    static Failure writing(Throwable thrown, String address) {
        return of(thrown, address, "INDEX_UNWRITABLE", "written");
    }

    /** Returns whether Qdrant answered that there is no such collection, alias or point. */
    static boolean isNotFound(Throwable thrown) {
        return Status.fromThrowable(thrown).getCode() == Status.Code.NOT_FOUND;
    }

    private static Failure of(Throwable thrown, String address, String reason, String done) {
        if (thrown instanceof Failure failure) {
            return failure;
        }
        Status status = Status.fromThrowable(thrown);
        String said = status.getDescription() == null ? status.getCode().name() : status.getDescription();
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED ->
                Failure.unavailable(
                        UNAVAILABLE,
                        "Qdrant at %s does not answer on its gRPC port, which is 6334 by default: %s"
                                .formatted(address, said),
                        thrown);
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                Failure.unavailable(
                        UNAVAILABLE, "Qdrant at %s does not accept the API key: %s".formatted(address, said), thrown);
            case RESOURCE_EXHAUSTED ->
                Failure.overloaded(
                        "OVERLOADED", "Qdrant at %s has too much to do: %s".formatted(address, said), RETRY_AFTER);
            default ->
                Failure.unavailable(
                        reason, "the index in Qdrant at %s can not be %s: %s".formatted(address, done, said), thrown);
        };
    }
}
