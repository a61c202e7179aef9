package quintet.retrieve.api;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import quintet.identity.Callers;
import quintet.retrieve.model.history.Asker;
import quintet.retrieve.pipeline.history.HistoryPipeline;

/** {@code /v1/collections/{collection}/searches/{id}}: searches of the caller's own, as they were and as they are now. */
@Path("/v1/collections/{collection}/searches/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class SearchHistoryResource {
    private final Callers callers;
    private final HistoryPipeline pipeline;

    SearchHistoryResource(Callers callers, HistoryPipeline pipeline) {
        this.callers = callers;
        this.pipeline = pipeline;
    }

    /** Shows a search as it was; hits that the caller does not see any more have no names. */
    @GET
    public Uni<PastSearchReply> show(@PathParam("collection") String collection, @PathParam("id") String id) {
        return pipeline.look(asker(collection), id, pipeline.timeout()).map(PastSearchReply::of);
    }

    /**
     * Searches again with the rights that the caller has now, and compares.
     *
     * @param explain {@code true} or {@code false}: whether the search of today says what each stage did
     */
    @POST
    @Path("/replay")
    public Uni<ReplayReply> replay(
            @PathParam("collection") String collection,
            @PathParam("id") String id,
            @QueryParam("explain") @Nullable String explain) {
        boolean explained = Requests.flag("explain", explain);
        return pipeline.replay(asker(collection), id, explained, pipeline.timeout())
                .map(ReplayReply::of);
    }

    private Asker asker(String collection) {
        return new Asker(Requests.collection(callers.ofRequest(), collection), callers.keyOfRequest());
    }
}
