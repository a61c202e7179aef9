package quintet.generate.api;

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
 * Server-sent events whose status waits for the first event. Quarkus's own send status 200 before anything else, so a question that is
 * refused could not say so any more.
 *
 * <p>A method that streams produces {@value #MEDIA_TYPE}, which Quarkus takes for plain text, and what leaves is
 * {@code text/event-stream}. A request filter turns the one into the other where a client accepts server-sent events.
 */
@ApplicationScoped
public class EventStreams {
    /** What a streaming method produces as far as Quarkus can see. */
    static final String MEDIA_TYPE = "application/vnd.quintet.event-stream";

    private static final String ANSWERS = "/v1/answers";
    private static final String CHAT = "/v1/chat/completions";

    private final ObjectMapper json;

    EventStreams(ObjectMapper json) {
        this.json = json;
    }

    /** Leads requests for server-sent events to the method that streams. In a chat completion the body decides, not the header. */
    @ServerRequestFilter(preMatching = true)
    void negotiate(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (path.equals(CHAT) || (path.equals(ANSWERS) && prefersEvents(request.getAcceptableMediaTypes()))) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, MEDIA_TYPE);
        }
    }

    private static boolean prefersEvents(List<MediaType> accepted) {
        for (MediaType type : accepted) {
            if (type.isCompatible(MediaType.SERVER_SENT_EVENTS_TYPE)) {
                return true;
            }
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
        }
        return false;
    }

    /** Returns an event with a name. */
    String event(String name, Object data) {
        return "event: %s\ndata: %s\n".formatted(name, json(data));
    }

    /** Returns an event without a name; a string is sent as it is. */
    String event(Object data) {
        return "data: %s\n".formatted(data instanceof String text ? text : json(data));
    }

    /** Returns the response that streams {@code events}; Quarkus adds the empty line that ends each. */
    RestMulti<String> stream(Multi<String> events) {
        return RestMulti.fromMultiData(events)
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

    private String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
