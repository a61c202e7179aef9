package quintet.ingest.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.pipeline.MissingVectors;
import quintet.messaging.ConnectorDelivery;
import quintet.messaging.Deliveries;
import quintet.messaging.QueueSender;
import quintet.retrieve.v1.VectorsMissing;

/**
 * Consumes {@link VectorsMissing}. Acked once the part is in the outbox again; coming twice it is embedded twice, which is
 * harmless. A version whose part can not be handed over again is FAILED rather than stuck.
 */
@ApplicationScoped
public class VectorsMissingConsumer {
    private static final Logger LOG = Logger.getLogger(VectorsMissingConsumer.class);

    private final MissingVectors vectors;
    private final IngestPipeline pipeline;
    private final Deliveries deliveries;

    VectorsMissingConsumer(MissingVectors vectors, IngestPipeline pipeline, QueueSender sender, ConsumerConfig config) {
        this.vectors = vectors;
        this.pipeline = pipeline;
        deliveries = new Deliveries(sender, "ingest.vectors-missing", "EMBED", config.policy());
    }

    @Incoming("vectors-missing")
    @RunOnVirtualThread
    CompletionStage<Void> onVectorsMissing(Message<byte[]> message) {
        return deliveries.settle(
                new ConnectorDelivery(message),
                VectorsMissing.parser(),
                event -> vectors.embed(ref(event), event.getPart(), event.getMissingCount()),
                this::giveUp);
    }

    private void giveUp(VectorsMissing event, Failure failure) {
        try {
            pipeline.failed(ref(event), new StageFailure(Stage.EMBED, failure.reason(), failure.message()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "failure not noted, documentId=%s", event.getDocumentId());
        }
    }

    private static DocumentRef ref(VectorsMissing event) {
        return EventMapping.ref(event.getCollection(), event.getDocumentId(), event.getVersion());
    }
}
