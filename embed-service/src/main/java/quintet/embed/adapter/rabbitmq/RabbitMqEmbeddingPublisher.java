package quintet.embed.adapter.rabbitmq;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import quintet.embed.model.DocumentPart;
import quintet.embed.model.DocumentVersion;
import quintet.embed.model.KeyedVector;
import quintet.embed.model.ModelRef;
import quintet.embed.model.UnitVector;
import quintet.embed.port.EmbeddingPublisher;
import quintet.embed.v1.ChunksEmbedded;
import quintet.failure.Failure;
import quintet.ingest.v1.ChunksCreated;
import quintet.ingest.v1.StageFailed;

/** {@link EmbeddingPublisher} over RabbitMQ. */
@ApplicationScoped
class RabbitMqEmbeddingPublisher implements EmbeddingPublisher {
    private static final String STAGE = "EMBED";

    private final BrokerSender sender;

    RabbitMqEmbeddingPublisher(BrokerSender sender) {
        this.sender = sender;
    }

    @Override
    public void embedded(DocumentPart part, List<KeyedVector> vectors, ModelRef model) {
        ChunksEmbedded.Builder event = ChunksEmbedded.newBuilder()
                .setPart(toProto(part))
                .setModel(model.name())
                .setRevision(model.revision())
                .setDimension(model.dimension())
                .setVectors(pack(vectors, model.dimension()));
        for (int i = 0; i < vectors.size(); i++) {
            KeyedVector vector = vectors.get(i);
            event.addVectorKeys(ByteString.fromHex(vector.key().sha256()));
            if (vector.vector().isEmpty()) {
                event.addReused(i);
            }
        }
        sender.publish(BrokerSender.CHUNKS_EMBEDDED, event.build());
    }

    @Override
    public void failed(DocumentVersion document, Failure why) {
        sender.publish(
                BrokerSender.STAGE_FAILED,
                StageFailed.newBuilder()
                        .setCollection(document.collection())
                        .setDocumentId(document.documentId())
                        .setVersion(document.version())
                        .setStage(STAGE)
                        .setReason(why.reason())
                        .setMessage(why.message())
                        .build());
    }

    private static ChunksCreated toProto(DocumentPart part) {
        try {
            return ChunksCreated.parseFrom(part.payload().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the part was read once and can not be read again", e);
        }
    }

    private static ByteString pack(List<KeyedVector> vectors, int dimension) {
        List<UnitVector> present =
                vectors.stream().flatMap(each -> each.vector().stream()).toList();
        ByteBuffer bytes =
                ByteBuffer.allocate(present.size() * dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (UnitVector vector : present) {
            for (float value : vector.toArray()) {
                bytes.putFloat(value);
            }
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
