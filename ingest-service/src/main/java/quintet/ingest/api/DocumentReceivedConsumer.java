package quintet.ingest.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.pipeline.Replay;
import quintet.ingest.v1.DocumentReceived;
import quintet.messaging.ConnectorDelivery;
import quintet.messaging.Deliveries;
import quintet.messaging.Delivery;
import quintet.messaging.DeliveryHistory;
import quintet.messaging.QueueSender;

/**
 * Consumes {@link DocumentReceived}. Acked once the version is chunked or FAILED. Delivery is at least once:
 * {@link IngestPipeline#process} leaves alone what is done.
 */
@ApplicationScoped
public class DocumentReceivedConsumer {
    private final IngestPipeline pipeline;
    private final Replay replay;
    private final Deliveries deliveries;

    DocumentReceivedConsumer(IngestPipeline pipeline, Replay replay, QueueSender sender, ConsumerConfig config) {
        this.pipeline = pipeline;
        this.replay = replay;
        deliveries = new Deliveries(sender, "ingest.document-received", "PARSE", config.policy());
    }

    @Incoming("document-received")
    @RunOnVirtualThread
    CompletionStage<Void> onDocumentReceived(Message<byte[]> message) {
        Delivery delivery = new ConnectorDelivery(message);
        return deliveries.settle(
                delivery,
                DocumentReceived.parser(),
                event -> {
                    if (delivery.headers().containsKey(DeliveryHistory.REPLAYED)) {
                        replay.reopen(ref(event));
                    }
                    pipeline.process(ref(event));
                },
                (event, why) ->
                        pipeline.failed(ref(event), new StageFailure(Stage.PARSE, why.reason(), why.message())));
    }

    private static DocumentRef ref(DocumentReceived event) {
        return EventMapping.ref(event.getCollection(), event.getDocumentId(), event.getVersion());
    }
}
