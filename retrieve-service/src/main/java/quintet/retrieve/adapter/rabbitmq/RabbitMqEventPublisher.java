package quintet.retrieve.adapter.rabbitmq;

import com.google.protobuf.MessageLite;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import quintet.failure.Failure;
import quintet.ingest.v1.StageFailed;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.EventPublisher;
import quintet.retrieve.v1.ChunksStaged;
import quintet.retrieve.v1.DocumentIndexed;
import quintet.retrieve.v1.DocumentRemoved;
import quintet.retrieve.v1.VectorsMissing;

/**
 * {@link EventPublisher} over RabbitMQ: persistent and confirmed. A send that is in flight when the connection breaks never
 * completes, hence the time-out; the event then comes twice, which its consumers expect.
 */
@ApplicationScoped
class RabbitMqEventPublisher implements EventPublisher {
    private static final String STAGE = "INDEX";
    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final int PERSISTENT = 2;
    private static final int BUFFER = 1024;

    private final MutinyEmitter<byte[]> emitter;
    private final EventQueues queues;
    private final Duration confirmTimeout;

    RabbitMqEventPublisher(
            @Channel("events") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    MutinyEmitter<byte[]> emitter,
            EventQueues queues,
            EventsConfig config) {
        this.emitter = emitter;
        this.queues = queues;
        this.confirmTimeout = config.confirmTimeout();
    }

    @Override
    public void chunksStaged(DocumentPart part) {
        publish(
                EventQueues.CHUNKS_STAGED,
                ChunksStaged.newBuilder()
                        .setCollection(part.ref().collection().value())
                        .setDocumentId(part.ref().documentId())
                        .setVersion(part.ref().version())
                        .setPart(part.part())
                        .setChunkCount(part.passages().size())
                        .build());
    }

    @Override
    public void documentIndexed(VersionRef ref, DocumentHead head, ModelRef model) {
        publish(
                EventQueues.DOCUMENT_INDEXED,
                DocumentIndexed.newBuilder()
                        .setCollection(ref.collection().value())
                        .setDocumentId(ref.documentId())
                        .setVersion(ref.version())
                        .setPassageCount(head.passageCount())
                        .setCommittedAtEpochMs(head.committedAt().toEpochMilli())
                        .setModel(model.name())
                        .setRevision(model.revision())
                        .build());
    }

    @Override
    public void documentRemoved(VersionRef ref) {
        publish(
                EventQueues.DOCUMENT_REMOVED,
                DocumentRemoved.newBuilder()
                        .setCollection(ref.collection().value())
                        .setDocumentId(ref.documentId())
                        .setVersion(ref.version())
                        .build());
    }

    @Override
    public void stageFailed(VersionRef ref, Failure why) {
        publish(
                EventQueues.STAGE_FAILED,
                StageFailed.newBuilder()
                        .setCollection(ref.collection().value())
                        .setDocumentId(ref.documentId())
                        .setVersion(ref.version())
                        .setStage(STAGE)
                        .setReason(why.reason())
                        .setMessage(why.message())
                        .build());
    }

    @Override
    public void vectorsMissing(VersionRef ref, int part, int missing) {
        publish(
                EventQueues.VECTORS_MISSING,
                VectorsMissing.newBuilder()
                        .setCollection(ref.collection().value())
                        .setDocumentId(ref.documentId())
                        .setVersion(ref.version())
                        .setPart(part)
                        .setMissingCount(missing)
                        .build());
    }

    private void publish(String routingKey, MessageLite event) {
        queues.requireDeclared();
        Message<byte[]> message = Message.of(
                event.toByteArray(),
                Metadata.of(OutgoingRabbitMQMetadata.builder()
                        .withRoutingKey(routingKey)
                        .withContentType(CONTENT_TYPE)
                        .withDeliveryMode(PERSISTENT)
                        .build()));
        try {
            emitter.sendMessage(message).await().atMost(confirmTimeout);
        } catch (RuntimeException e) {
            throw Failure.unavailable(
                    "BROKER_UNAVAILABLE",
                    "the broker did not confirm %s within %d ms".formatted(routingKey, confirmTimeout.toMillis()),
                    e);
        }
    }
}
