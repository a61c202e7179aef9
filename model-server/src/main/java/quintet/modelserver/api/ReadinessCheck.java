package quintet.modelserver.api;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import quintet.modelserver.pipeline.ModelServerPipeline;

/** Ready as soon as the model is loaded, until the process stops. */
@Readiness
@ApplicationScoped
class ReadinessCheck implements HealthCheck {
    private final ModelServerPipeline pipeline;

    ReadinessCheck(ModelServerPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("model")
                .status(pipeline.ready())
                .withData("model", pipeline.ref().name())
                .build();
    }
}
