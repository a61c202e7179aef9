package quintet.embed.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import quintet.embed.model.ModelRef;
import quintet.embed.port.EmbeddingModel;

/** Ready once the model is loaded, which is before the first request can come; says which model it is. */
@Readiness
@ApplicationScoped
class ModelReadiness implements HealthCheck {
    private final EmbeddingModel model;

    ModelReadiness(EmbeddingModel model) {
        this.model = model;
    }

    @Override
    public HealthCheckResponse call() {
        ModelRef ref = model.ref();
        return HealthCheckResponse.named("embedding model")
                .up()
                .withData("model", ref.name())
                .withData("revision", ref.revision())
                .build();
    }
}
