package quintet.generate.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import quintet.generate.model.Collection;
import quintet.generate.pipeline.GeneratePipeline;

/** {@code GET /v1/models}: the collections, each a model for OpenAI's clients. */
@Path("/v1/models")
public class ModelsResource {
    private final GeneratePipeline pipeline;

    ModelsResource(GeneratePipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** A collection as OpenAI's clients see it, with its size. */
    record ModelJson(
            String id,
            String object,
            long created,
            @JsonProperty("owned_by") String ownedBy,
            long documents,
            long passages) {
        static ModelJson of(Collection collection) {
            return new ModelJson(
                    collection.name(), "model", 0, "quintet", collection.documents(), collection.passages());
        }
    }

    /** All of them. */
    record ModelsJson(String object, List<ModelJson> data) {}

    /** Lists the collections. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listModels", summary = "Lists the collections, each a model to chat with")
    public Uni<ModelsJson> models() {
        return pipeline.collections()
                .map(collections -> new ModelsJson(
                        "list", collections.stream().map(ModelJson::of).toList()));
    }
}
