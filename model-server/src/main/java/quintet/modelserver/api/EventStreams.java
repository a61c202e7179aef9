package quintet.modelserver.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Server-sent events whose status waits for the first event, so that a request that is refused can say so. A method that streams
 * produces {@value #MEDIA_TYPE}, which Quarkus takes for plain text, and what leaves is {@code text/event-stream} or JSON: in OpenAI's
 * API the body decides which, not the header.
 */
@ApplicationScoped
public class EventStreams {
    /** What a streaming method produces as far as Quarkus can see. */
    static final String MEDIA_TYPE = "application/vnd.quintet.event-stream";

    /** What OpenAI's streams end with, as it is. */
    static final String DONE = "[DONE]";

    private final ObjectMapper json;

    EventStreams(ObjectMapper json) {
        this.json = json;
    }

    @ServerRequestFilter(preMatching = true)
    void negotiate(ContainerRequestContext request) {
        if (request.getUriInfo().getPath().endsWith("/completions")) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, MEDIA_TYPE);
        }
    }

    /** Returns the response that streams events, each of one line of data; a string is sent as it is. */
    RestMulti<String> stream(Multi<?> events) {
        return RestMulti.fromMultiData(events.map(this::event))
                .encodeAsJsonArray(false)
                .header(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Accel-Buffering", "no")
                .build();
    }

    /** Returns the response that is one JSON object. */
    RestMulti<String> object(Uni<?> value) {
        return RestMulti.fromUniResponse(
                value.map(this::json),
                text -> Multi.createFrom().item(text),
                _ -> Map.of(HttpHeaders.CONTENT_TYPE, List.of(MediaType.APPLICATION_JSON)));
    }

    /** Quarkus adds the empty line that ends an event. */
    private String event(Object data) {
        return "data: %s\n".formatted(data instanceof String text ? text : json(data));
    }

    private String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
