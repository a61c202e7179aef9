package quintet.embed.adapter.rabbitmq;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Map;
import quintet.messaging.EventTopology;

/** Arguments of the queue that this service consumes, named as in {@code application.properties}. */
@ApplicationScoped
class QueueArguments {
    @Produces
    @Identifier("embed.chunks-created")
    Map<String, Object> chunksCreated() {
        return EventTopology.queueArguments("embed.chunks-created");
    }
}
