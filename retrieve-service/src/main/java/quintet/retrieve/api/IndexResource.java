package quintet.retrieve.api;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.pipeline.VectorIndexPipeline;

/** {@code /v1/collections/{collection}/index}: how the vectors of a collection are searched. */
@Path("/v1/collections/{collection}/index")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class IndexResource {
    private final Callers callers;
    private final VectorIndexPipeline pipeline;

    IndexResource(Callers callers, VectorIndexPipeline pipeline) {
        this.callers = callers;
        this.pipeline = pipeline;
    }

    /** Shows the kind of index and how far a rebuild has come. */
    @GET
    public Uni<IndexReply> show(@PathParam("collection") String collection) {
        return pipeline.state(
                        Requests.collection(callers.ofRequest(), collection).collection())
                .map(IndexReply::of);
    }

    /** Chooses the kind of index; what has to be rebuilt is, while searches and writes go on. */
    @PUT
    public Uni<IndexReply> choose(@PathParam("collection") String collection, @Nullable IndexBody body) {
        if (body == null) {
            throw Failure.invalidInput("MALFORMED_BODY", "the body is empty, must be an object with a kind");
        }
        Identity caller = callers.ofRequest();
        caller.requireEveryGroup();
        CollectionName name = Requests.collection(caller, collection).collection();
        IndexKind kind = body.toModel();
        return pipeline.choose(name, kind).map(IndexReply::of);
    }
}
