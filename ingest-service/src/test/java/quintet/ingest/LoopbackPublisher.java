package quintet.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.port.EventPublisher;
import quintet.ingest.v1.ChunksCreated;
import quintet.ingest.v1.DocumentReceived;

/** A broker that keeps every event and delivers DocumentReceived at once. */
@Mock
@ApplicationScoped
public class LoopbackPublisher implements EventPublisher {
    private final Instance<IngestPipeline> pipeline;
    private final List<OutboxEntry> published = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    LoopbackPublisher(Instance<IngestPipeline> pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public void publish(List<OutboxEntry> entries) {
        if (down) {
            throw Failure.unavailable("BROKER_UNAVAILABLE", "down for a test", null);
        }
        for (OutboxEntry entry : entries) {
            published.add(entry);
            if (entry.routingKey().equals("ingest.document-received.v1")) {
                Thread.ofVirtual().start(() -> deliver(entry));
            }
        }
    }

    public void setDown(boolean down) {
        this.down = down;
    }

    public List<OutboxEntry> published() {
        return published;
    }

    public List<ChunksCreated> chunksOf(String documentId) {
        List<ChunksCreated> found = new ArrayList<>();
        for (OutboxEntry entry : published) {
            if (entry.routingKey().equals("ingest.chunks-created.v1")) {
                try {
                    ChunksCreated event =
                            ChunksCreated.parseFrom(entry.payload().bytes());
                    if (event.getDocumentId().equals(documentId)) {
                        found.add(event);
                    }
                } catch (InvalidProtocolBufferException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return found;
    }

    private void deliver(OutboxEntry entry) {
        try {
            DocumentReceived event = DocumentReceived.parseFrom(entry.payload().bytes());
            pipeline.get().process(DocumentRef.of(event.getCollection(), event.getDocumentId(), event.getVersion()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
