package quintet.ingest.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.ingest.model.CollectionOverview;
import quintet.ingest.model.Reindex;
import quintet.ingest.model.ReindexAction;
import quintet.ingest.pipeline.CollectionPipeline;
import quintet.ingest.pipeline.reindex.ReindexPipeline;

/** {@code /v1/collections/{c}/reindex}: builds a collection anew beside itself, compares, switches and goes back. */
@Path("/v1/collections/{collection}/reindex")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ReindexResource {
    private final Callers callers;
    private final ReindexPipeline pipeline;
    private final CollectionPipeline collections;
    private final ObjectMapper mapper;

    ReindexResource(Callers callers, ReindexPipeline pipeline, CollectionPipeline collections, ObjectMapper mapper) {
        this.callers = callers;
        this.pipeline = pipeline;
        this.collections = collections;
        this.mapper = mapper;
    }

    /** Begins a re-index. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Build the collection anew beside itself",
            description =
                    "{\"chunking\"?: {…}, \"index\"?: {\"kind\", \"parameters\"?}, \"switch\"?: \"auto\", \"always\" or"
                            + " \"never\", \"maxNdcgLoss\"?: 0.01, \"minOverlap\"?: 0}. It goes live by itself if it holds the bounds on"
                            + " the questions that are stored.")
    public Response begin(@PathParam("collection") String collection, InputStream body) {
        String name = whole(collection);
        ReindexBody asked = ReindexBody.read(body, mapper);
        CollectionOverview live = collections.get(name);
        Reindex begun = pipeline.begin(name, asked.over(live.settings(), collections.defaultChunking()));
        return Response.accepted(view(begun)).build();
    }

    /** Shows the newest re-index: how far it is, how it compares, and what can be decided. */
    @GET
    public ReindexView get(@PathParam("collection") String collection) {
        return view(pipeline.get(whole(collection)));
    }

    /** Does what somebody decided. */
    @POST
    @Path("{action: compare|switch|rollback|retry|finish}")
    @Operation(
            summary = "Decide about a re-index",
            description =
                    "switch and rollback are done when they are answered with SWITCHED and ROLLED_BACK, and go on by"
                            + " themselves if they are answered with SWITCHING and ROLLING_BACK.")
    public ReindexView act(@PathParam("collection") String collection, @PathParam("action") String action) {
        return act(collection, ReindexAction.valueOf(action.toUpperCase(Locale.ROOT)));
    }

    /** Deletes the new generation. */
    @DELETE
    public ReindexView discard(@PathParam("collection") String collection) {
        return act(collection, ReindexAction.DISCARD);
    }

    private ReindexView act(String collection, ReindexAction action) {
        return view(pipeline.act(whole(collection), action));
    }

    private ReindexView view(Reindex reindex) {
        return ReindexView.of(reindex, pipeline.progress(reindex), collections.defaultChunking());
    }

    /** Returns the stored name of a collection that the caller may see and change all of. */
    private String whole(String collection) {
        Identity caller = callers.ofRequest();
        caller.requireEveryGroup();
        return RequestRules.collection(caller, collection);
    }
}
