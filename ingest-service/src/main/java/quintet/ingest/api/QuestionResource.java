package quintet.ingest.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import quintet.identity.Callers;
import quintet.identity.Identity;
import quintet.ingest.model.Question;
import quintet.ingest.pipeline.QuestionPipeline;

/** {@code /v1/collections/{c}/questions}: what generations of a collection are compared on. */
@Path("/v1/collections/{collection}/questions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class QuestionResource {
    private final Callers callers;
    private final QuestionPipeline pipeline;
    private final ObjectMapper mapper;

    QuestionResource(Callers callers, QuestionPipeline pipeline, ObjectMapper mapper) {
        this.callers = callers;
        this.pipeline = pipeline;
        this.mapper = mapper;
    }

    /** Lists the questions in their order. */
    @GET
    public Questions get(@PathParam("collection") String collection) {
        return new Questions(pipeline.list(whole(collection)));
    }

    /** Replaces the questions; an empty array deletes them. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Replace the questions that re-indexes are compared on",
            description = "{\"questions\": [{\"query\", \"relevant\"?: {\"<document id>\": <grade>}}]}, at most 1,000.")
    public Questions put(@PathParam("collection") String collection, InputStream body) {
        String name = whole(collection);
        return new Questions(pipeline.replace(name, QuestionsBody.read(body, mapper)));
    }

    /** Questions concern all documents of a collection, and name them. */
    private String whole(String collection) {
        Identity caller = callers.ofRequest();
        caller.requireEveryGroup();
        return RequestRules.collection(caller, collection);
    }

    /**
     * The questions of a collection.
     *
     * @param questions in their order
     */
    public record Questions(List<Question> questions) {}
}
