package quintet.retrieve.adapter.rabbitmq;

import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import quintet.failure.Failure;
import quintet.ingest.v1.StageFailed;
import quintet.messaging.ConfirmedEvents;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.EventPublisher;
import quintet.retrieve.v1.ChunksStaged;
import quintet.retrieve.v1.DocumentIndexed;
import quintet.retrieve.v1.DocumentRemoved;
import quintet.retrieve.v1.VectorsMissing;

/** {@link EventPublisher} over RabbitMQ. */
@ApplicationScoped
class RabbitMqEventPublisher implements EventPublisher {
    private static final String STAGE = "INDEX";

    private final ConfirmedEvents events;

    RabbitMqEventPublisher(
            @Channel("events") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = ConfirmedEvents.BUFFER)
                    MutinyEmitter<byte[]> emitter,
            EventQueues queues,
            EventsConfig config) {
        events = new ConfirmedEvents(emitter, queues.declaration(), config.confirmTimeout());
    }

    @Override
    public void chunksStaged(DocumentPart part) {
        events.publish(
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
        events.publish(
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
        events.publish(
                EventQueues.DOCUMENT_REMOVED,
                DocumentRemoved.newBuilder()
                        .setCollection(ref.collection().value())
                        .setDocumentId(ref.documentId())
                        .setVersion(ref.version())
                        .build());
    }

    @Override
    public void stageFailed(VersionRef ref, Failure why) {
        events.publish(
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
        events.publish(
                EventQueues.VECTORS_MISSING,
                VectorsMissing.newBuilder()
                        .setCollection(ref.collection().value())
                        .setDocumentId(ref.documentId())
                        .setVersion(ref.version())
                        .setPart(part)
                        .setMissingCount(missing)
                        .build());
    }
}
