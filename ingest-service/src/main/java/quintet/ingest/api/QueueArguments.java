package quintet.ingest.api;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Map;
import quintet.messaging.EventTopology;

/** Arguments of the queues that this service consumes, by the name that its channels give them. */
@ApplicationScoped
class QueueArguments {
    @Produces
    @Identifier("ingest.document-received")
    Map<String, Object> documentReceived() {
        return EventTopology.queueArguments("ingest.document-received");
    }

    @Produces
    @Identifier("ingest.chunks-staged")
    Map<String, Object> chunksStaged() {
        return EventTopology.queueArguments("ingest.chunks-staged");
    }

    @Produces
    @Identifier("ingest.document-indexed")
    Map<String, Object> documentIndexed() {
        return EventTopology.queueArguments("ingest.document-indexed");
    }

    @Produces
    @Identifier("ingest.document-removed")
    Map<String, Object> documentRemoved() {
        return EventTopology.queueArguments("ingest.document-removed");
    }

    @Produces
    @Identifier("ingest.vectors-missing")
    Map<String, Object> vectorsMissing() {
        return EventTopology.queueArguments("ingest.vectors-missing");
    }

    @Produces
    @Identifier("ingest.stage-failed")
    Map<String, Object> stageFailed() {
        return EventTopology.queueArguments("ingest.stage-failed");
    }
}
