package quintet.rerank.api;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.rerank.pipeline.compression.CompressPipeline;

/** {@code POST /v1/compress}: leaves out of passages what does not matter to a query. */
@Path("/v1/compress")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CompressResource {
    private final CompressPipeline pipeline;

    CompressResource(CompressPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Compresses passages; closing the connection drops the work that has not begun. */
    @POST
    public Uni<CompressReply> compress(@Nullable CompressBody body) {
        if (body == null) {
            throw Failure.invalidInput(
                    "MALFORMED_BODY", "the body is empty, must be an object with query and passages");
        }
        return pipeline.compress(body.toModel(), pipeline.timeout()).map(CompressReply::of);
    }
}
