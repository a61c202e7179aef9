package quintet.ingest.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.port.EventPublisher;
import quintet.messaging.BrokerConnections;
import quintet.messaging.EventTopology;
import quintet.messaging.ProducerSpan;

/**
 * {@link EventPublisher} over the plain AMQP client, one batch at a time. Unlike the messaging connector it learns of
 * events that no queue takes (mandatory flag), of confirms that never come and of a broker that takes nothing, such as for want
 * of memory; whatever goes wrong, the outbox publishes the batch again, on a new connection unless the old one is only blocked.
 */
@ApplicationScoped
class RabbitMqEventPublisher implements EventPublisher {
    private static final Logger LOG = Logger.getLogger(RabbitMqEventPublisher.class);
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int PERSISTENT = 2;

    /** The queues that the events go to. */
    private static final Map<String, String> ROUTES = Map.of(
            "ingest.document-received", "ingest.document-received.v1",
            "embed.chunks-created", "ingest.chunks-created.v1",
            "retrieve.document-deleted", "ingest.document-deleted.v1",
            "retrieve.version-cancelled", "ingest.version-cancelled.v1");

    private final ConnectionFactory factory;
    private final Tracer tracer;
    private final Duration confirmTimeout;
    private final AtomicReference<@Nullable String> unrouted = new AtomicReference<>();
    private volatile @Nullable String blocked;
    private @Nullable Connection connection;
    private @Nullable Channel channel;

    RabbitMqEventPublisher(RabbitMqConfig config, Tracer tracer) throws GeneralSecurityException {
        this.tracer = tracer;
        confirmTimeout = config.confirmTimeout();
        factory = BrokerConnections.factory(config);
    }

    @Override
    public synchronized void publish(List<OutboxEntry> entries) {
        try {
            Channel open = open();
            unrouted.set(null);
            for (OutboxEntry entry : entries) {
                refuseWhileBlocked();
                send(open, entry);
            }
            if (!open.waitForConfirms(confirmTimeout.toMillis())) {
                throw new IOException("the broker refused a message");
            }
            String lost = unrouted.get();
            if (lost != null) {
                throw new IOException("no queue takes " + lost);
            }
        } catch (IOException | TimeoutException | RuntimeException e) {
            // A new connection would be blocked as well, and a blocked one stays at the broker until it is no more.
            if (blocked == null) {
                close();
            }
            throw Failure.unavailable("BROKER_UNAVAILABLE", "the broker did not confirm in time", e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw Failure.unavailable("STOPPING", "the service is stopping", e);
        }
    }

    /** Where a broker has stopped to read, a write ends with its pause only. */
    private void refuseWhileBlocked() throws IOException {
        String reason = blocked;
        if (reason != null) {
            throw new IOException("the broker takes nothing at present: " + reason);
        }
    }

    private void send(Channel open, OutboxEntry entry) throws IOException {
        Context parent = W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), entry.traceHeaders(), TraceHeaders.GETTER);
        // What only other programs may want is not lost where none of them listens.
        boolean needsQueue = ROUTES.containsValue(entry.routingKey());
        try (ProducerSpan span = ProducerSpan.start(tracer, parent, entry.routingKey())) {
            AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                    .contentType("application/octet-stream")
                    .deliveryMode(PERSISTENT)
                    .messageId((needsQueue ? "ingest-" : "ingest-state-") + entry.id())
                    .headers(span.headers())
                    .build();
            open.basicPublish(
                    EventTopology.EXCHANGE,
                    entry.routingKey(),
                    needsQueue,
                    properties,
                    entry.payload().bytes());
        }
    }

    private Channel open() throws IOException, TimeoutException {
        if (channel != null && channel.isOpen()) {
            return channel;
        }
        close();
        Connection fresh = factory.newConnection("quintet-ingest outbox");
        connection = fresh;
        fresh.addBlockedListener(this::block, this::unblock);
        Channel opened = fresh.createChannel();
        for (Map.Entry<String, String> route : ROUTES.entrySet()) {
            EventTopology.declare(opened, route.getKey(), Set.of(route.getValue()));
        }
        opened.confirmSelect();
        opened.addReturnListener(returned -> unrouted.set(returned.getRoutingKey()));
        channel = opened;
        LOG.infof("connected to the broker, host=%s port=%d", factory.getHost(), factory.getPort());
        return opened;
    }

    private void block(String reason) {
        blocked = reason;
        LOG.warnf("the broker takes nothing at present, reason=%s", reason);
    }

    private void unblock() {
        blocked = null;
        LOG.info("the broker takes messages again");
    }

    @PreDestroy
    synchronized void close() {
        Connection old = connection;
        blocked = null;
        connection = null;
        channel = null;
        if (old != null) {
            old.abort(CONNECT_TIMEOUT_MS);
        }
    }
}
