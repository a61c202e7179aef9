package quintet.modelserver.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.modelserver.api.ChatBody.MessageBody;
import quintet.modelserver.pipeline.ModelServerPipeline;

/** {@code POST /tokenize} and {@code POST /detokenize}, as vLLM has them; llama.cpp's {@code content} works too. */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class TokensResource {
    private final ModelServerPipeline pipeline;

    TokensResource(ModelServerPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** A text or a conversation. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class TokenizeBody {
        public @Nullable String model;
        public @Nullable String prompt;
        public @Nullable String content;
        public @Nullable List<@Nullable MessageBody> messages;
    }

    /** Its tokens. */
    record TokenizeReply(
            int count, @JsonProperty("max_model_len") int contextTokens, List<Integer> tokens) {}

    /** Tokens. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class DetokenizeBody {
        public @Nullable String model;
        public @Nullable List<Integer> tokens;
    }

    /** Their text. */
    record DetokenizeReply(String prompt) {}

    /** Returns the tokens of a text or a conversation, as a completion would get them. */
    @POST
    @Path("/tokenize")
    @Operation(operationId = "tokenize", summary = "Returns the tokens of a text or a conversation")
    public Uni<TokenizeReply> tokenize(@Nullable TokenizeBody body) {
        if (body == null) {
            throw Failure.invalidInput("MALFORMED_BODY", "the body is empty, must be a JSON object with a prompt");
        }
        ModelNames.check(body.model, pipeline.ref());
        String text = body.prompt == null ? body.content : body.prompt;
        return pipeline.tokenize(body.messages == null ? TextBody.read(text) : ChatBody.conversation(body.messages))
                .map(tokens -> new TokenizeReply(tokens.size(), pipeline.ref().contextTokens(), tokens));
    }

    /** Returns the text of tokens. */
    @POST
    @Path("/detokenize")
    @Operation(operationId = "detokenize", summary = "Returns the text of tokens")
    public Uni<DetokenizeReply> detokenize(@Nullable DetokenizeBody body) {
        if (body == null || body.tokens == null) {
            throw Failure.invalidInput("MALFORMED_BODY", "tokens is missing, must be a list of numbers");
        }
        ModelNames.check(body.model, pipeline.ref());
        return pipeline.detokenize(body.tokens).map(DetokenizeReply::new);
    }
}
