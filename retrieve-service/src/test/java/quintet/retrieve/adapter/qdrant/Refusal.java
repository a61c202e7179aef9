package quintet.retrieve.adapter.qdrant;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** What Qdrant refuses, in its words where they are known. */
final class Refusal {
    private Refusal() {}

    @FormatMethod
    static StatusRuntimeException invalid(@FormatString String message, Object... arguments) {
        return Status.INVALID_ARGUMENT
                .withDescription("Wrong input: " + message.formatted(arguments))
                .asRuntimeException();
    }

    static StatusRuntimeException notFound(String collection) {
        return Status.NOT_FOUND
                .withDescription("Not found: Collection `%s` doesn't exist!".formatted(collection))
                .asRuntimeException();
    }

    static StatusRuntimeException exists(String collection) {
        return Status.ALREADY_EXISTS
                .withDescription("Wrong input: Collection `%s` already exists!".formatted(collection))
                .asRuntimeException();
    }

    static StatusRuntimeException unsupported(Object what) {
        return Status.UNIMPLEMENTED
                .withDescription("this server does not know " + what)
                .asRuntimeException();
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw invalid("%s", message);
        }
    }
}
