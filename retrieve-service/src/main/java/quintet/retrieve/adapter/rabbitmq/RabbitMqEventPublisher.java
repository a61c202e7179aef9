package quintet.retrieve.adapter.rabbitmq;

import jakarta.enterprise.context.ApplicationScoped;
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

/** {@link EventPublisher} over RabbitMQ. */
@ApplicationScoped
class RabbitMqEventPublisher implements EventPublisher {
    private static final String STAGE = "INDEX";

    private final BrokerSender sender;

    RabbitMqEventPublisher(BrokerSender sender) {
        this.sender = sender;
    }

    @Override
    public void chunksStaged(DocumentPart part) {
        sender.publish(
                BrokerSender.CHUNKS_STAGED,
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
        sender.publish(
                BrokerSender.DOCUMENT_INDEXED,
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
        sender.publish(
                BrokerSender.DOCUMENT_REMOVED,
                DocumentRemoved.newBuilder()
                        .setCollection(ref.collection().value())
                        .setDocumentId(ref.documentId())
                        .setVersion(ref.version())
                        .build());
    }

    @Override
    public void stageFailed(VersionRef ref, Failure why) {
        sender.publish(
                BrokerSender.STAGE_FAILED,
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
        sender.publish(
                BrokerSender.VECTORS_MISSING,
                VectorsMissing.newBuilder()
                        .setCollection(ref.collection().value())
                        .setDocumentId(ref.documentId())
                        .setVersion(ref.version())
                        .setPart(part)
                        .setMissingCount(missing)
                        .build());
    }
}
