package quintet.retrieve.api;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.identity.Callers;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.Query;
import quintet.retrieve.pipeline.RetrievePipeline;

/** {@code POST /v1/collections/{collection}/search}: finds passages. */
@Path("/v1/collections/{collection}/search")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {
    private final Callers callers;
    private final RetrievePipeline pipeline;

    SearchResource(Callers callers, RetrievePipeline pipeline) {
        this.callers = callers;
        this.pipeline = pipeline;
    }

    /** Searches a collection; closing the connection drops the steps that have not begun. */
    @POST
    public Uni<SearchReply> search(@PathParam("collection") String collection, @Nullable SearchBody body) {
        if (body == null) {
            throw Failure.invalidInput("MALFORMED_BODY", "the body is empty, must be an object with a query");
        }
        CollectionAccess access = Requests.collection(callers.ofRequest(), collection);
        Query query = body.toModel();
        return pipeline.search(access, query, pipeline.timeout()).map(SearchReply::of);
    }
}
