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
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.Query;
import quintet.retrieve.pipeline.RetrievePipeline;

/** {@code POST /v1/collections/{collection}/search}: finds passages. */
@Path("/v1/collections/{collection}/search")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {
    private final RetrievePipeline pipeline;

    SearchResource(RetrievePipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Searches a collection; closing the connection drops the steps that have not begun. */
    @POST
    public Uni<SearchReply> search(@PathParam("collection") String collection, @Nullable SearchBody body) {
        if (body == null) {
            throw Failure.invalidInput("MALFORMED_BODY", "the body is empty, must be an object with a query");
        }
        CollectionName name = Requests.collection(collection);
        Query query = body.toModel();
        return pipeline.search(name, query, pipeline.timeout()).map(SearchReply::of);
    }
}
