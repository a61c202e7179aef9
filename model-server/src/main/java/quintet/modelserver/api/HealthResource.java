package quintet.modelserver.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import quintet.modelserver.pipeline.ModelServerPipeline;

/** {@code GET /health}, as vLLM and llama.cpp's server have it: 200 while requests are taken, 503 otherwise. */
@Path("/health")
public class HealthResource {
    private final ModelServerPipeline pipeline;

    HealthResource(ModelServerPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Tells whether requests are taken. */
    @GET
    @Operation(operationId = "health", summary = "Tells whether requests are taken")
    public Response health() {
        return Response.status(pipeline.ready() ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
                .build();
    }
}
