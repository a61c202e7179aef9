package quintet.rerank.adapter.onnx;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import quintet.rerank.model.ModelRef;
import quintet.rerank.port.CrossEncoder;

/** Ready once the model is loaded, which is before the first request can come; says which model it is. */
@Readiness
@ApplicationScoped
class ModelReadiness implements HealthCheck {
    private final CrossEncoder model;

    ModelReadiness(CrossEncoder model) {
        this.model = model;
    }

    @Override
    public HealthCheckResponse call() {
        ModelRef ref = model.ref();
        return HealthCheckResponse.named("cross-encoder")
                .up()
                .withData("model", ref.name())
                .withData("revision", ref.revision())
                .build();
    }
}
