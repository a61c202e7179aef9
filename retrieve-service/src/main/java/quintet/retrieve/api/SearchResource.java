package quintet.retrieve.api;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.identity.Callers;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.history.Asker;
import quintet.retrieve.pipeline.history.HistoryPipeline;

/** {@code POST /v1/collections/{collection}/search}: finds passages. */
@Path("/v1/collections/{collection}/search")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {
    private final Callers callers;
    private final HistoryPipeline pipeline;

    SearchResource(Callers callers, HistoryPipeline pipeline) {
        this.callers = callers;
        this.pipeline = pipeline;
    }

    /**
     * Searches a collection; closing the connection drops the steps that have not begun.
     *
     * @param explain {@code true} or {@code false}: whether the reply says what each stage did, as the body can ask too
     */
    @POST
    public Uni<SearchReply> search(
            @PathParam("collection") String collection,
            @QueryParam("explain") @Nullable String explain,
            @Nullable SearchBody body) {
        if (body == null) {
            throw Failure.invalidInput("MALFORMED_BODY", "the body is empty, must be an object with a query");
        }
        Asker asker = new Asker(Requests.collection(callers.ofRequest(), collection), callers.keyOfRequest());
        boolean explained = Requests.flag("explain", explain) || Boolean.TRUE.equals(body.explain());
        Query query = body.toModel();
        return pipeline.search(asker, query, explained, pipeline.timeout()).map(SearchReply::of);
    }
}
