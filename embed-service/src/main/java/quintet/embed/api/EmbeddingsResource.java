package quintet.embed.api;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import quintet.embed.model.EmbedRequest;
import quintet.embed.pipeline.EmbedPipeline;
import quintet.failure.Failure;

/** {@code POST /v1/embeddings}: vectors of texts, in OpenAI's shape. */
@Path("/v1/embeddings")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EmbeddingsResource {
    private final EmbedPipeline pipeline;

    EmbeddingsResource(EmbedPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Embeds one text or several; closing the connection drops those that have not begun. */
    @POST
    public Uni<EmbeddingsReply> embed(@Nullable EmbeddingsBody body) {
        if (body == null) {
            throw Failure.invalidInput("MALFORMED_BODY", "the body is empty, must be an object with input");
        }
        EmbedRequest request = body.toModel();
        VectorType type = body.vectorType();
        boolean base64 = body.wantsBase64();
        return pipeline.embed(request).map(result -> EmbeddingsReply.of(result, type, base64));
    }
}
