package quintet.modelserver.api;

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
import quintet.modelserver.model.GenerationEvent;
import quintet.modelserver.model.Prompt;
import quintet.modelserver.pipeline.ModelServerPipeline;

/**
 * {@code POST /v1/chat/completions} and {@code POST /v1/completions}: OpenAI's, streamed or not as the body says. Closing the connection
 * ends the computation.
 */
@Path("/v1")
@Consumes(MediaType.APPLICATION_JSON)
public class CompletionsResource {
    private final ModelServerPipeline pipeline;
    private final EventStreams streams;

    CompletionsResource(ModelServerPipeline pipeline, EventStreams streams) {
        this.pipeline = pipeline;
        this.streams = streams;
    }

    /** Continues a conversation. */
    @POST
    @Path("/chat/completions")
    @Produces(EventStreams.MEDIA_TYPE)
    @Operation(operationId = "createChatCompletion", summary = "Continues a conversation")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CompletionJson.BodyJson.class)))
    public RestMulti<String> chat(@Nullable ChatBody body) {
        if (body == null) {
            throw Failure.invalidInput("MALFORMED_BODY", "the body is empty, must be a JSON object with messages");
        }
        return complete(body, body.prompt(), true);
    }

    /** Continues a text. */
    @POST
    @Path("/completions")
    @Produces(EventStreams.MEDIA_TYPE)
    @Operation(operationId = "createCompletion", summary = "Continues a text")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CompletionJson.BodyJson.class)))
    public RestMulti<String> text(@Nullable TextBody body) {
        if (body == null) {
            throw Failure.invalidInput("MALFORMED_BODY", "the body is empty, must be a JSON object with a prompt");
        }
        return complete(body, body.readPrompt(), false);
    }

    private RestMulti<String> complete(SamplingBody body, Prompt prompt, boolean chat) {
        ModelNames.check(body.model, pipeline.ref());
        Multi<GenerationEvent> events = pipeline.generate(body.toModel(prompt, pipeline.defaultMaxTokens()));
        CompletionStream stream = new CompletionStream(pipeline.ref().name(), chat, body.usageWanted());
        return body.streamed() ? streams.stream(stream.chunks(events)) : streams.object(stream.whole(events));
    }
}
