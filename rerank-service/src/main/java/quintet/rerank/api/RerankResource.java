package quintet.rerank.api;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.rerank.model.RerankRequest;
import quintet.rerank.pipeline.RerankPipeline;

/** {@code POST /v1/rerank}: orders passages by relevance, in Cohere's shape. */
@Path("/v1/rerank")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RerankResource {
    private final RerankPipeline pipeline;

    RerankResource(RerankPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Ranks documents; closing the connection drops those that have not begun. */
    @POST
    public Uni<RerankReply> rerank(@Nullable RerankBody body) {
        if (body == null) {
            throw Failure.invalidInput(
                    "MALFORMED_BODY", "the body is empty, must be an object with query and documents");
        }
        RerankRequest request = body.toModel();
        boolean withDocuments = body.wantsDocuments();
        return pipeline.rerank(request, pipeline.timeout())
                .map(result -> RerankReply.of(request, result, withDocuments));
    }
}
