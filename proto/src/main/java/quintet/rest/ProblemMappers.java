package quintet.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.CharConversionException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import quintet.failure.Failure;

/**
 * Turns everything that escapes a resource into a {@link Problem}. The type of the response is always
 * {@value Problem#MEDIA_TYPE}, on server-sent-events endpoints too.
 */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response map(Failure failure) {
        if (failure.kind() == Failure.Kind.INTERNAL) {
            LOG.errorf(failure, "request failed, reason=%s", failure.reason());
        }
        Response.ResponseBuilder response =
                response(failure.kind().httpStatus(), failure.reason(), failure.message(), failure.metadata());
        if (failure.kind() == Failure.Kind.UNAUTHENTICATED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        failure.retryAfter()
                .ifPresent(after ->
                        response.header(HttpHeaders.RETRY_AFTER, Math.max(1, (after.toMillis() + 999) / 1000)));
        return response.build();
    }

    @ServerExceptionMapper
    Response map(ConstraintViolationException invalid) {
        String detail = invalid.getConstraintViolations().stream()
                .map(v -> "%s is %s, %s".formatted(name(v), abbreviate(v.getInvalidValue()), v.getMessage()))
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining("; "));
        return response(400, "INVALID_REQUEST", detail, Map.of()).build();
    }

    @ServerExceptionMapper
    Response map(JsonProcessingException unreadable) {
        return response(400, "MALFORMED_BODY", describe(unreadable), Map.of()).build();
    }

    /** Quarkus has a mapper of its own for this kind, which would come before the one above. */
    @ServerExceptionMapper
    Response map(MismatchedInputException unreadable) {
        return map((JsonProcessingException) unreadable);
    }

    @ServerExceptionMapper
    Response map(CharConversionException unreadable) {
        return response(400, "MALFORMED_BODY", "the body is not UTF-8: " + unreadable.getMessage(), Map.of())
                .build();
    }

    @ServerExceptionMapper
    Response map(WebApplicationException refused) {
        if (refused.getCause() instanceof JsonProcessingException unreadable) {
            return map(unreadable);
        }
        if (refused.getCause() instanceof Failure failure) {
            return map(failure);
        }
        int status = refused.getResponse().getStatus();
        if (status < 400) {
            return refused.getResponse();
        }
        if (status >= 500) {
            LOG.errorf(refused, "request failed, status=%d", status);
        }
        String reason = switch (status) {
            case 400 -> "MALFORMED_REQUEST";
            case 404 -> "NO_SUCH_PATH";
            case 405 -> "METHOD_NOT_ALLOWED";
            case 406 -> "NOT_ACCEPTABLE";
            case 413 -> "BODY_TOO_LARGE";
            case 415 -> "UNSUPPORTED_MEDIA_TYPE";
            default -> status >= 500 ? "INTERNAL" : "REFUSED";
        };
        return response(status, reason, String.valueOf(refused.getMessage()), Map.of())
                .build();
    }

    @ServerExceptionMapper
    Response map(Throwable bug) {
        return map(Failure.of(bug));
    }

    private static Response.ResponseBuilder response(
            int status, String reason, String detail, Map<String, String> metadata) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem("about:blank", title, status, reason, detail, metadata));
    }

    private static String describe(JsonProcessingException unreadable) {
        JsonLocation at = unreadable.getLocation();
        String where = at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
        String path = unreadable instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? " in "
                        + mapping.getPath().stream()
                                .map(p -> p.getFieldName() == null ? "[%d]".formatted(p.getIndex()) : p.getFieldName())
                                .collect(Collectors.joining("."))
                : "";
        return "the body is not the JSON that is expected%s%s: %s"
                .formatted(path, where, abbreviate(unreadable.getOriginalMessage()));
    }

    private static String name(ConstraintViolation<?> violation) {
        String path = violation.getPropertyPath().toString();
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String abbreviate(@org.jspecify.annotations.Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 80) + "… (%d characters)".formatted(text.length());
    }
}
