package quintet.retrieve.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.ingest.v1.VersionCancelled;
import quintet.messaging.ConnectorDelivery;
import quintet.messaging.Deliveries;
import quintet.messaging.QueueSender;
import quintet.retrieve.pipeline.IndexPipeline;

/**
 * Consumes {@link VersionCancelled}. Acked once the index refuses the version, durably, or has said that it holds it.
 */
@ApplicationScoped
public class VersionCancelledConsumer {
    private static final Logger LOG = Logger.getLogger(VersionCancelledConsumer.class);

    private final IndexPipeline pipeline;
    private final Deliveries deliveries;

    VersionCancelledConsumer(IndexPipeline pipeline, QueueSender sender, ConsumerConfig config) {
        this.pipeline = pipeline;
        deliveries = new Deliveries(sender, "retrieve.version-cancelled", "INDEX", config.policy());
    }

    @Incoming("version-cancelled")
    @RunOnVirtualThread
    CompletionStage<Void> onVersionCancelled(Message<byte[]> message) {
        return deliveries.settle(
                new ConnectorDelivery(message),
                VersionCancelled.parser(),
                event -> pipeline.refuse(EmbeddedPartProtoMapping.toRef(
                        event.getCollection(), event.getDocumentId(), event.getVersion())),
                VersionCancelledConsumer.this::giveUp);
    }

    private void giveUp(VersionCancelled event, Failure why) {
        try {
            pipeline.giveUp(
                    EmbeddedPartProtoMapping.toRef(event.getCollection(), event.getDocumentId(), event.getVersion()),
                    why);
        } catch (Failure unknownDocument) {
            LOG.warnf("a cancellation that names no document is given up: %s", unknownDocument.message());
        }
    }
}
