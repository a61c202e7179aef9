package quintet.ingest.adapter.postgres;

import java.util.Map;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.model.StageFailure;
import quintet.ingest.model.StateEvent;
import quintet.ingest.v1.DocumentStateChanged;

/** Maps state changes to the wire. */
final class StateEventProtoMapping {
    private static final String ROUTING_KEY = "ingest.document-state-changed.v1";

    private StateEventProtoMapping() {}

    static OutboxEntry toEntry(StateEvent event) {
        DocumentStateChanged.Builder proto = DocumentStateChanged.newBuilder()
                .setPosition(event.position())
                .setCollection(event.collection())
                .setDocumentId(event.documentId())
                .setVersion(event.version())
                .setState(event.state().name())
                .setTimeEpochMs(event.time().toEpochMilli())
                .setChunkCount(event.chunkCount())
                .setChunksIndexed(event.chunksIndexed())
                .setAttempts(event.attempts());
        StageFailure failure = event.failure();
        if (failure != null) {
            proto.setFailureStage(failure.stage().name())
                    .setFailureReason(failure.reason())
                    .setFailureMessage(failure.message());
        }
        return new OutboxEntry(
                event.position(),
                ROUTING_KEY,
                new OutboxEntry.Payload(proto.build().toByteArray()),
                Map.of());
    }
}
