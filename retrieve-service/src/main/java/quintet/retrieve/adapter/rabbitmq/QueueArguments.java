package quintet.retrieve.adapter.rabbitmq;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Map;
import quintet.messaging.EventTopology;

/** Arguments of the queues that this service consumes, named as in {@code application.properties}. */
@ApplicationScoped
class QueueArguments {
    @Produces
    @Identifier("retrieve.chunks-embedded")
    Map<String, Object> chunksEmbedded() {
        return EventTopology.queueArguments("retrieve.chunks-embedded");
    }

    @Produces
    @Identifier("retrieve.document-deleted")
    Map<String, Object> documentDeleted() {
        return EventTopology.queueArguments("retrieve.document-deleted");
    }

    @Produces
    @Identifier("retrieve.version-cancelled")
    Map<String, Object> versionCancelled() {
        return EventTopology.queueArguments("retrieve.version-cancelled");
    }
}
