package quintet.generate.api;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.AnswerEvent;
import quintet.generate.pipeline.GeneratePipeline;
import quintet.identity.Callers;

/**
 * {@code POST /v1/chat/completions}: OpenAI's chat completions, streamed or not as the body says, so that any of its clients works
 * with a collection as its model.
 */
@Path("/v1/chat/completions")
@Consumes(MediaType.APPLICATION_JSON)
public class ChatCompletionsResource {
    private final GeneratePipeline pipeline;
    private final Callers callers;
    private final EventStreams streams;

    ChatCompletionsResource(GeneratePipeline pipeline, Callers callers, EventStreams streams) {
        this.pipeline = pipeline;
        this.callers = callers;
        this.streams = streams;
    }

    /** Answers the last user message. Closing the connection cancels the work behind it. */
    @POST
    @Produces(EventStreams.MEDIA_TYPE)
    @Operation(operationId = "createChatCompletion", summary = "Answers in the shape of OpenAI's chat completions")
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ChatJson.CompletionJson.class)),
                @Content(
                        mediaType = MediaType.SERVER_SENT_EVENTS,
                        schema = @Schema(implementation = ChatJson.ChunkJson.class))
            })
    public RestMulti<String> complete(@Nullable ChatBody body) {
        if (body == null) {
            throw Failure.invalidInput("MALFORMED_BODY", "the body is empty, must be a JSON object with messages");
        }
        Multi<AnswerEvent> events =
                pipeline.answer(body.toModel(callers.ofRequest().tenant()), AnswerResource.NO_DEADLINE);
        ChatStream chat = new ChatStream(body);
        return body.streamed()
                ? streams.stream(
                        events.onItem().transformToIterable(chat::chunks).map(streams::event))
                : streams.object(
                        events.collect().in(WholeAnswer::new, WholeAnswer::add).map(chat::completion));
    }
}
