package quintet.ingest.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.ingest.model.StateEvent;
import quintet.ingest.pipeline.events.EventFeed;

/** {@code GET /v1/collections/{c}/events}: state changes as server-sent events. */
@Path("/v1/collections/{collection}/events")
@RunOnVirtualThread
public class EventResource {
    private final Callers callers;
    private final EventFeed feed;
    private final ObjectMapper mapper;

    EventResource(Callers callers, EventFeed feed, ObjectMapper mapper) {
        this.callers = callers;
        this.feed = feed;
        this.mapper = mapper;
    }

    /** Streams what happens after {@code Last-Event-ID}, else after {@code after}, else from now on. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follow the documents",
            description =
                    "Events: open, state, reset (read the documents again), end (with a reason). The id of each is"
                            + " what to resume after; ?after=0 begins with the oldest event that is kept.")
    public void events(
            @PathParam("collection") String collection,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String lastEventId,
            @RestQuery @Nullable String after,
            @Context SseEventSink sink,
            @Context Sse sse) {
        Identity caller = callers.ofRequest();
        caller.requireEveryGroup();
        String target = RequestRules.collection(caller, collection);
        Long position = position(lastEventId == null ? after : lastEventId);
        // A stream that is refused has not begun: its problem is the answer, and closing the sink would answer 200
        // first.
        feed.stream(target, position, new SseClient(sink, sse, mapper));
        sink.close();
    }

    private static @Nullable Long position(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        if (!given.strip().matches("\\d{1,18}")) {
            throw Failure.invalidInput(
                    "INVALID_LAST_EVENT_ID",
                    "Last-Event-ID is '%s', must be the id of an event",
                    given.length() <= 64 ? given : given.substring(0, 64) + "…");
        }
        return Long.valueOf(given.strip());
    }

    private record SseClient(SseEventSink sink, Sse sse, ObjectMapper mapper) implements EventFeed.Client {
        @Override
        public CompletionStage<?> open(long position) {
            return send("open", position, Map.of("position", position));
        }

        @Override
        public CompletionStage<?> changed(StateEvent event) {
            return send("state", event.position(), event.shown());
        }

        @Override
        public CompletionStage<?> reset(long position, String reason) {
            return send("reset", position, Map.of("reason", reason, "position", position));
        }

        @Override
        public CompletionStage<?> heartbeat() {
            return send(sse.newEventBuilder().comment("heartbeat").build());
        }

        @Override
        public CompletionStage<?> end(String reason) {
            return send(event("end", Map.of("reason", reason)).build());
        }

        @Override
        public boolean gone() {
            return sink.isClosed();
        }

        private CompletionStage<?> send(String name, long id, Object data) {
            return send(event(name, data).id(Long.toString(id)).build());
        }

        private OutboundSseEvent.Builder event(String name, Object data) {
            try {
                return sse.newEventBuilder().name(name).data(mapper.writeValueAsString(data));
            } catch (JsonProcessingException e) {
                throw Failure.internal(e);
            }
        }

        private CompletionStage<?> send(OutboundSseEvent event) {
            try {
                return sink.send(event);
            } catch (IllegalStateException closed) {
                return CompletableFuture.failedFuture(closed);
            }
        }
    }
}
