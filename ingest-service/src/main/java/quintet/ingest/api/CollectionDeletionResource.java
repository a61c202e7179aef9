package quintet.ingest.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.ingest.model.Selection;
import quintet.ingest.pipeline.DeletionPipeline;

/** {@code DELETE /v1/collections/{c}}: deletes every document that is in a collection now. */
@Path("/v1/collections/{collection}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CollectionDeletionResource {
    private final Callers callers;
    private final DeletionPipeline pipeline;

    CollectionDeletionResource(Callers callers, DeletionPipeline pipeline) {
        this.callers = callers;
        this.pipeline = pipeline;
    }

    /** Without {@code confirm} answers how many; with that number deletes them. */
    @DELETE
    @Operation(
            summary = "Delete all documents of a collection",
            description = "200 with the count; with ?confirm=<count> 202, or 409 COUNT_CHANGED and nothing is deleted.")
    public Response delete(@PathParam("collection") String collection, @RestQuery @Nullable String confirm) {
        Identity caller = callers.ofRequest();
        caller.requireEveryGroup();
        String target = RequestRules.collection(caller, collection);
        Selection everything = new Selection.Everything();
        Selection.Size size = pipeline.preview(target, everything);
        if (confirm == null || confirm.isEmpty()) {
            return DeletionReply.preview(size);
        }
        if (!confirm.matches("\\d{1,18}")) {
            throw DeletionBody.invalidConfirm(confirm);
        }
        long confirmed = Long.parseLong(confirm);
        return DeletionReply.done(confirmed, pipeline.delete(target, everything, confirmed));
    }
}
