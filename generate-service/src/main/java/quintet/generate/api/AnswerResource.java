package quintet.generate.api;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.Question;
import quintet.generate.pipeline.GeneratePipeline;
import quintet.identity.Callers;

/** {@code POST /v1/answers}: answers a question, over server-sent events or as one JSON object. */
@Path("/v1/answers")
@Consumes(MediaType.APPLICATION_JSON)
public class AnswerResource {
    /** HTTP has no deadline of its own: the service's holds. */
    static final Duration NO_DEADLINE = Duration.ofDays(1);

    private final GeneratePipeline pipeline;
    private final Callers callers;
    private final EventStreams streams;

    AnswerResource(GeneratePipeline pipeline, Callers callers, EventStreams streams) {
        this.pipeline = pipeline;
        this.callers = callers;
        this.streams = streams;
    }

    /**
     * Streams one event per {@link AnswerEvent}. Closing the connection cancels the work behind it. What goes wrong before the first
     * event is a problem with its own status; after it, the event {@code failed}.
     */
    @POST
    @Produces(EventStreams.MEDIA_TYPE)
    @Operation(
            operationId = "streamAnswer",
            summary =
                    "Answers a question over server-sent events: sources, token, citation, and at the end done or failed",
            description = "The media type on the wire is text/event-stream")
    public RestMulti<String> stream(@Nullable AnswerBody body) {
        return streams.stream(pipeline.answer(question(body), NO_DEADLINE)
                .map(event -> streams.event(AnswerJson.name(event), AnswerJson.data(event))));
    }

    /** Answers in one piece. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "answer", summary = "Answers a question in one piece")
    public Uni<AnswerJson.WholeJson> answer(@Nullable AnswerBody body) {
        return pipeline.answer(question(body), NO_DEADLINE)
                .collect()
                .in(WholeAnswer::new, WholeAnswer::add)
                .map(AnswerJson.WholeJson::of);
    }

    private Question question(@Nullable AnswerBody body) {
        if (body == null) {
            throw Failure.invalidInput("MALFORMED_BODY", "the body is empty, must be a JSON object with a question");
        }
        return body.toModel(callers.ofRequest().tenant());
    }
}
