package quintet.modelserver.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import quintet.modelserver.model.ModelRef;
import quintet.modelserver.pipeline.ModelServerPipeline;

/** {@code GET /v1/models}: the one model that runs here. */
@Path("/v1/models")
public class ModelsResource {
    private final ModelServerPipeline pipeline;

    ModelsResource(ModelServerPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** A model as OpenAI's clients see it; the rest is vLLM's and our own. */
    record ModelJson(
            String id,
            String object,
            long created,
            @JsonProperty("owned_by") String ownedBy,
            @JsonProperty("max_model_len") int contextTokens,
            String description) {}

    /** All of them. */
    record ModelsJson(String object, List<ModelJson> data) {}

    /** Lists it. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listModels", summary = "Lists the one model")
    public ModelsJson models() {
        ModelRef ref = pipeline.ref();
        return new ModelsJson(
                "list",
                List.of(new ModelJson(ref.name(), "model", 0, "quintet", ref.contextTokens(), ref.description())));
    }
}
