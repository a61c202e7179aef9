package quintet.embed.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import quintet.rest.Problem;

/**
 * Bounds the bytes of the bodies that are in memory: a request that does not fit beside the others gets 429 before a byte of it is
 * read. One that is alone always fits.
 */
@ApplicationScoped
class BodyGate {
    private static final String PATH = "/v1/embeddings";
    private static final int PRIORITY = 100;

    private final AtomicLong bytes = new AtomicLong();
    private final long maxBytes;
    private final long maxBody;
    private final ObjectMapper mapper;

    BodyGate(
            BodyConfig config,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody,
            ObjectMapper mapper) {
        maxBytes = config.maxBytes().asLongValue();
        this.maxBody = maxBody.asLongValue();
        this.mapper = mapper;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext request) {
        long length = request.normalizedPath().startsWith(PATH) ? length(request.request()) : 0;
        // The limit of the body answers what is larger.
        if (length == 0 || length > maxBody) {
            request.next();
            return;
        }
        long others = bytes.getAndAdd(length);
        AtomicBoolean held = new AtomicBoolean(true);
        Runnable release = () -> {
            if (held.getAndSet(false)) {
                bytes.addAndGet(-length);
            }
        };
        if (others > 0 && others + length > maxBytes) {
            release.run();
            refuse(request, length, others);
            return;
        }
        request.addEndHandler(_ -> release.run());
        request.response().closeHandler(_ -> release.run());
        request.next();
    }

    /** A body that does not say how long it is may be as long as is allowed. */
    private long length(HttpServerRequest request) {
        @Nullable String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            boolean hasBody = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
                    || (request.version() == HttpVersion.HTTP_2
                            && request.method().equals(HttpMethod.POST));
            return hasBody ? maxBody : 0;
        }
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            return maxBody;
        }
    }

    /** Closes the connection, since the body is left unread. */
    private void refuse(RoutingContext request, long length, long others) {
        Problem problem = new Problem(
                "about:blank",
                "Too Many Requests",
                429,
                "OVERLOADED",
                "the body has %d bytes, beside the %d of other requests at most %d fit"
                        .formatted(length, others, maxBytes),
                Map.of());
        request.response()
                .setStatusCode(429)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .putHeader(HttpHeaders.RETRY_AFTER, "1");
        try {
            request.end(mapper.writeValueAsString(problem));
        } catch (JsonProcessingException e) {
            request.fail(e);
        }
    }
}
