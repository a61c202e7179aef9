package quintet.generate.api;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import quintet.generate.pipeline.GeneratePipeline;

/**
 * Ready as soon as questions can be taken. The services behind an answer are not asked: a question that meets one that is down
 * degrades or fails by itself, and a pod that leaves the load balancer for it would help nobody.
 */
@Readiness
@ApplicationScoped
class ReadinessCheck implements HealthCheck {
    private final GeneratePipeline pipeline;

    ReadinessCheck(GeneratePipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("answers")
                .up()
                .withData("model", pipeline.modelName())
                .build();
    }
}
