package quintet.embed.api;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import quintet.embed.pipeline.EmbedPipeline;
import quintet.ingest.v1.ChunksCreated;
import quintet.messaging.ConnectorDelivery;
import quintet.messaging.Deliveries;
import quintet.messaging.QueueSender;

/**
 * Consumes {@link ChunksCreated} on a virtual thread that waits for room in the model's queue. Acked once the broker has
 * confirmed the vectors. Delivery is at least once: the same part gives the same event again.
 */
@ApplicationScoped
public class ChunksCreatedConsumer {
    private final EmbedPipeline pipeline;
    private final Deliveries deliveries;
    private volatile boolean stopping;

    ChunksCreatedConsumer(EmbedPipeline pipeline, QueueSender sender, ConsumerConfig config) {
        this.pipeline = pipeline;
        deliveries = new Deliveries(sender, "embed.chunks-created", "EMBED", config.policy());
    }

    @Incoming("chunks-created")
    @RunOnVirtualThread
    CompletionStage<Void> onChunksCreated(Message<byte[]> message) {
        return deliveries.settle(
                new ConnectorDelivery(message),
                ChunksCreated.parser(),
                this::embed,
                (event, why) -> pipeline.giveUp(PartProtoMapping.toVersion(event), why));
    }

    /** Runs before the model begins to shut down: what fails from then on fails for that. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent stop) {
        stopping = true;
    }

    private void embed(ChunksCreated event) {
        try {
            pipeline.embedPart(PartProtoMapping.toModel(event));
        } catch (RuntimeException e) {
            if (stopping) {
                leaveUnsettled();
            }
            throw e;
        }
    }

    /**
     * Holds the delivery until the connection closes and the broker gives it to somebody else. Trying again here, or handing it
     * back to a consumer that still listens, would only spend its attempts.
     */
    private static void leaveUnsettled() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
