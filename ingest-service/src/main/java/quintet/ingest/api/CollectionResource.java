package quintet.ingest.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CollectionOverview;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.pipeline.CollectionPipeline;

/** {@code /v1/collections}: collections, how many documents they have, and how those are treated. */
@Path("/v1/collections")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CollectionResource {
    private final Callers callers;
    private final CollectionPipeline pipeline;
    private final ObjectMapper mapper;

    CollectionResource(Callers callers, CollectionPipeline pipeline, ObjectMapper mapper) {
        this.callers = callers;
        this.pipeline = pipeline;
        this.mapper = mapper;
    }

    /** Lists the collections of the caller's tenant by name. */
    @GET
    public CollectionView.All list() {
        Identity caller = callers.ofRequest();
        return new CollectionView.All(pipeline.list().stream()
                .filter(collection -> caller.shown(collection.name()).isPresent())
                .map(collection -> CollectionView.of(collection, pipeline.defaultChunking(), null))
                .toList());
    }

    /** Reads one collection. */
    @GET
    @Path("{collection}")
    public CollectionView get(@PathParam("collection") String collection) {
        return view(pipeline.get(RequestRules.collection(callers.ofRequest(), collection)), null);
    }

    /** Creates a collection or replaces all of its settings; what the body leaves out is the default. */
    @PUT
    @Path("{collection}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Create a collection or replace its settings",
            description = "{\"chunking\"?: {\"strategy\"?, \"maxTokens\"?, …}, \"deduplication\"?: {\"exact\"?, …}}")
    public Response put(@PathParam("collection") String collection, InputStream body) throws IOException {
        String name = changeable(collection);
        CollectionSettings settings =
                SettingsBody.read(body, mapper).over(CollectionSettings.DEFAULT, pipeline.defaultChunking());
        boolean created = pipeline.put(name, settings);
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(changed(name))
                .build();
    }

    /** Changes what the body names; a section that is null follows the default again. */
    @PATCH
    @Path("{collection}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(
            summary = "Change some settings",
            description = "Only what the body names; null goes back to the default.")
    public CollectionView patch(@PathParam("collection") String collection, InputStream body) throws IOException {
        String name = changeable(collection);
        SettingsBody changes = SettingsBody.read(body, mapper);
        ChunkingSettings defaults = pipeline.defaultChunking();
        pipeline.change(name, before -> changes.over(before, defaults));
        return changed(name);
    }

    /** How documents are treated concerns all of them. */
    private String changeable(String collection) {
        Identity caller = callers.ofRequest();
        caller.requireEveryGroup();
        return RequestRules.collection(caller, collection);
    }

    private CollectionView changed(String name) {
        CollectionOverview collection = pipeline.get(name);
        String notice = collection.documents() == 0
                ? null
                : "The settings hold for documents that are put from now on; the %d that are there keep their chunks until they are put again."
                        .formatted(collection.documents());
        return view(collection, notice);
    }

    private CollectionView view(CollectionOverview collection, @Nullable String notice) {
        return CollectionView.of(collection, pipeline.defaultChunking(), notice);
    }
}
