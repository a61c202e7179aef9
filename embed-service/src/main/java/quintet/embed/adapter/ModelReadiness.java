package quintet.embed.adapter;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import quintet.embed.model.ModelRef;
import quintet.embed.port.EmbeddingModel;

/** Ready once the model can be used; says which model it is, or what is missing. */
@Readiness
@ApplicationScoped
class ModelReadiness implements AsyncHealthCheck {
    private final EmbeddingModel model;

    ModelReadiness(EmbeddingModel model) {
        this.model = model;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return model.ready()
                .map(_ -> response().up().build())
                .onFailure()
                .recoverWithItem(thrown -> response()
                        .down()
                        .withData("reason", String.valueOf(thrown.getMessage()))
                        .build());
    }

    private HealthCheckResponseBuilder response() {
        ModelRef ref = model.ref();
        return HealthCheckResponse.named("embedding model")
                .withData("model", ref.name())
                .withData("revision", ref.revision());
    }
}
