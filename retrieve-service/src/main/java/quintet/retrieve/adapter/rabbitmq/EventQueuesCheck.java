package quintet.retrieve.adapter.rabbitmq;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once no event can be lost for want of a queue. */
@Readiness
@ApplicationScoped
class EventQueuesCheck implements HealthCheck {
    private final EventQueues queues;

    EventQueuesCheck(EventQueues queues) {
        this.queues = queues;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("event queues")
                .status(queues.declaration().isDone())
                .build();
    }
}
