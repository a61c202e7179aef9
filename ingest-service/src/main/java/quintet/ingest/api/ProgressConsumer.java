package quintet.ingest.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.StageFailure;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.pipeline.ReceiptPipeline;
import quintet.ingest.v1.StageFailed;
import quintet.messaging.ConnectorDelivery;
import quintet.messaging.Deliveries;
import quintet.messaging.QueueSender;
import quintet.messaging.RetryPolicy;
import quintet.retrieve.v1.ChunksStaged;
import quintet.retrieve.v1.DocumentIndexed;
import quintet.retrieve.v1.DocumentRemoved;

/** Consumes what the other services say of a document's progress. Acked once it is in the registry. */
@ApplicationScoped
public class ProgressConsumer {
    private static final String STAGE = "PROGRESS";

    private final IngestPipeline pipeline;
    private final ReceiptPipeline receipts;
    private final Deliveries staged;
    private final Deliveries indexed;
    private final Deliveries removed;
    private final Deliveries failed;

    ProgressConsumer(IngestPipeline pipeline, ReceiptPipeline receipts, QueueSender sender, ConsumerConfig config) {
        this.pipeline = pipeline;
        this.receipts = receipts;
        RetryPolicy policy = config.policy();
        staged = new Deliveries(sender, "ingest.chunks-staged", STAGE, policy);
        indexed = new Deliveries(sender, "ingest.document-indexed", STAGE, policy);
        removed = new Deliveries(sender, "ingest.document-removed", STAGE, policy);
        failed = new Deliveries(sender, "ingest.stage-failed", STAGE, policy);
    }

    @Incoming("chunks-staged")
    @RunOnVirtualThread
    CompletionStage<Void> onChunksStaged(Message<byte[]> message) {
        return staged.settle(
                new ConnectorDelivery(message),
                ChunksStaged.parser(),
                event -> pipeline.staged(
                        EventMapping.ref(event.getCollection(), event.getDocumentId(), event.getVersion()),
                        event.getPart(),
                        event.getChunkCount()),
                (_, _) -> {});
    }

    @Incoming("document-indexed")
    @RunOnVirtualThread
    CompletionStage<Void> onDocumentIndexed(Message<byte[]> message) {
        return indexed.settle(
                new ConnectorDelivery(message),
                DocumentIndexed.parser(),
                event -> pipeline.indexed(
                        EventMapping.ref(event.getCollection(), event.getDocumentId(), event.getVersion()),
                        event.getPassageCount(),
                        EventMapping.committedAt(event.getCommittedAtEpochMs())),
                (_, _) -> {});
    }

    @Incoming("document-removed")
    @RunOnVirtualThread
    CompletionStage<Void> onDocumentRemoved(Message<byte[]> message) {
        return removed.settle(
                new ConnectorDelivery(message),
                DocumentRemoved.parser(),
                event -> {
                    DocumentRef ref =
                            EventMapping.ref(event.getCollection(), event.getDocumentId(), event.getVersion());
                    pipeline.removed(ref);
                    receipts.release(ref.key());
                },
                (_, _) -> {});
    }

    @Incoming("stage-failed")
    @RunOnVirtualThread
    CompletionStage<Void> onStageFailed(Message<byte[]> message) {
        return failed.settle(
                new ConnectorDelivery(message),
                StageFailed.parser(),
                event -> pipeline.failed(
                        EventMapping.ref(event.getCollection(), event.getDocumentId(), event.getVersion()),
                        new StageFailure(EventMapping.stage(event.getStage()), event.getReason(), event.getMessage())),
                (_, _) -> {});
    }
}
