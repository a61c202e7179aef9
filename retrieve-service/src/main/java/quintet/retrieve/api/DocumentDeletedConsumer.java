package quintet.retrieve.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.ingest.v1.DocumentDeleted;
import quintet.messaging.ConnectorDelivery;
import quintet.messaging.Deliveries;
import quintet.messaging.QueueSender;
import quintet.retrieve.pipeline.IndexPipeline;

/**
 * Consumes {@link DocumentDeleted}. Acked once nothing of the document can be found any more, durably, and the event that
 * says so is confirmed.
 */
@ApplicationScoped
public class DocumentDeletedConsumer {
    private static final Logger LOG = Logger.getLogger(DocumentDeletedConsumer.class);

    private final IndexPipeline pipeline;
    private final Deliveries deliveries;

    DocumentDeletedConsumer(IndexPipeline pipeline, QueueSender sender, ConsumerConfig config) {
        this.pipeline = pipeline;
        deliveries = new Deliveries(sender, "retrieve.document-deleted", "INDEX", config.policy());
    }

    @Incoming("document-deleted")
    @RunOnVirtualThread
    CompletionStage<Void> onDocumentDeleted(Message<byte[]> message) {
        return deliveries.settle(
                new ConnectorDelivery(message),
                DocumentDeleted.parser(),
                event -> pipeline.remove(EmbeddedPartProtoMapping.toRef(
                        event.getCollection(), event.getDocumentId(), event.getVersion())),
                DocumentDeletedConsumer.this::giveUp);
    }

    private void giveUp(DocumentDeleted event, Failure why) {
        try {
            pipeline.giveUp(
                    EmbeddedPartProtoMapping.toRef(event.getCollection(), event.getDocumentId(), event.getVersion()),
                    why);
        } catch (Failure unknownDocument) {
            LOG.warnf("a deletion that names no document is given up: %s", unknownDocument.message());
        }
    }
}
