package quintet.retrieve.adapter.rabbitmq;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once no event can be lost for want of a queue. */
@Readiness
@ApplicationScoped
class EventQueuesCheck implements HealthCheck {
    private final BrokerSender sender;

    EventQueuesCheck(BrokerSender sender) {
        this.sender = sender;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("event queues")
                .status(sender.isReady())
                .build();
    }
}
