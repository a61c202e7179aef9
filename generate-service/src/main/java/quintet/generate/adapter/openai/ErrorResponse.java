package quintet.generate.adapter.openai;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/** A response that is no stream: what the server says went wrong. */
final class ErrorResponse {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int CLIENT_ERROR = 400;
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private final HttpClientResponse response;
    private final Buffer body = Buffer.buffer();
    private boolean told;

    ErrorResponse(HttpClientResponse response) {
        this.response = response;
    }

    /** Reads it, as far as it is of use, and tells what it means. */
    void read(Consumer<Failure> sink) {
        response.handler(piece -> {
            if (body.length() < MOST_BYTES) {
                body.appendBuffer(piece);
            } else {
                tell(sink);
            }
        });
        response.endHandler(_ -> tell(sink));
        response.exceptionHandler(_ -> tell(sink));
        response.resume();
    }

    private void tell(Consumer<Failure> sink) {
        if (!told) {
            told = true;
            sink.accept(failure(response.statusCode(), response.getHeader("Retry-After")));
        }
    }

    private Failure failure(int status, @Nullable String retryAfter) {
        if (status == TOO_MANY_REQUESTS) {
            return Failure.overloaded(
                    "MODEL_SERVER_OVERLOADED", "the model server refused for load (429)", retryAfter(retryAfter));
        }
        String message = ChunkReader.message(body.getBytes());
        if (status >= CLIENT_ERROR && status < SERVER_ERROR && status != REQUEST_TIMEOUT) {
            return Failure.unavailable(
                    "MODEL_SERVER_REFUSED",
                    "the model server refused the prompt with status %d: %s".formatted(status, message),
                    null);
        }
        return Failure.unavailable(
                "MODEL_SERVER_UNAVAILABLE",
                "the model server answered with status %d: %s".formatted(status, message),
                null);
    }

    /** Returns the seconds of the header; a date, or nonsense, is a second. */
    private static Duration retryAfter(@Nullable String header) {
        if (header == null || !header.matches("\\d{1,6}")) {
            return Duration.ofSeconds(1);
        }
        Duration named = Duration.ofSeconds(Math.max(1, Long.parseLong(header)));
        return named.compareTo(LONGEST_RETRY) < 0 ? named : LONGEST_RETRY;
    }
}
