package quintet.retrieve.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import quintet.embed.v1.ChunksEmbedded;
import quintet.failure.Failure;
import quintet.ingest.v1.ChunksCreated;
import quintet.messaging.ConnectorDelivery;
import quintet.messaging.Deliveries;
import quintet.messaging.QueueSender;
import quintet.retrieve.pipeline.IndexPipeline;

/**
 * Consumes {@link ChunksEmbedded}. Acked once the part is durable, or its whole version searchable, and the event that says
 * so confirmed. Delivery is at least once and in any order: {@link IndexPipeline} is idempotent.
 */
@ApplicationScoped
public class ChunksEmbeddedConsumer {
    private static final Logger LOG = Logger.getLogger(ChunksEmbeddedConsumer.class);

    private final IndexPipeline pipeline;
    private final Deliveries deliveries;

    ChunksEmbeddedConsumer(IndexPipeline pipeline, QueueSender sender, ConsumerConfig config) {
        this.pipeline = pipeline;
        deliveries = new Deliveries(sender, "retrieve.chunks-embedded", "INDEX", config.policy());
    }

    @Incoming("chunks-embedded")
    @RunOnVirtualThread
    CompletionStage<Void> onChunksEmbedded(Message<byte[]> message) {
        return deliveries.settle(
                new ConnectorDelivery(message),
                ChunksEmbedded.parser(),
                event -> pipeline.add(EmbeddedPartProtoMapping.toModel(event)),
                ChunksEmbeddedConsumer.this::giveUp);
    }

    private void giveUp(ChunksEmbedded event, Failure why) {
        ChunksCreated part = event.getPart();
        try {
            pipeline.giveUp(
                    EmbeddedPartProtoMapping.toRef(part.getCollection(), part.getDocumentId(), part.getVersion()), why);
        } catch (Failure unknownDocument) {
            LOG.warnf("a part that names no document is given up: %s", unknownDocument.message());
        }
    }
}
