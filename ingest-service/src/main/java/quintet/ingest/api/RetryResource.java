package quintet.ingest.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.ingest.pipeline.RetryPipeline;

/** Takes up documents that failed or are stuck, and gives up those that are on their way. */
@Path("/v1/collections/{collection}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RetryResource {
    private final Callers callers;
    private final RetryPipeline pipeline;

    RetryResource(Callers callers, RetryPipeline pipeline) {
        this.callers = callers;
        this.pipeline = pipeline;
    }

    /** Processes every FAILED document again. */
    @POST
    @Path("retry")
    @Operation(summary = "Retry all failed documents", description = "Answers how many; none is no error.")
    public Response retryFailed(@PathParam("collection") String collection) {
        Identity caller = callers.ofRequest();
        caller.requireEveryGroup();
        int retried = pipeline.retryFailed(RequestRules.collection(caller, collection));
        return Response.accepted(new Retried(retried)).build();
    }

    /**
     * What a request to retry did.
     *
     * @param retried documents that are processed again
     */
    public record Retried(int retried) {}
}
