package quintet.ingest.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import quintet.failure.Failure;
import quintet.rest.Problem;

/** Answers requests whose body nobody is going to read. */
@ApplicationScoped
class EarlyRefusal {
    private final ObjectMapper mapper;

    EarlyRefusal(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Answers with a {@link Problem} and closes the connection, since the body is left unread. */
    void answer(RoutingContext request, Failure failure) {
        int status = failure.kind().httpStatus();
        Problem problem = new Problem(
                "about:blank",
                status == 429 ? "Too Many Requests" : "Bad Request",
                status,
                failure.reason(),
                failure.message(),
                failure.metadata());
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        failure.retryAfter()
                .ifPresent(after -> request.response()
                        .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, after.toSeconds()))));
        try {
            request.end(mapper.writeValueAsString(problem));
        } catch (JsonProcessingException e) {
            request.fail(e);
        }
    }
}
