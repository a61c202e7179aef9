package quintet.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import quintet.failure.Failure;

/**
 * Declares the queues of a service's events before its first event, as often as it takes: the service may start before its broker,
 * or on an empty one, and an event that no queue is bound for looks confirmed and is lost.
 */
public final class QueueDeclaration {
    private static final Logger LOG = Logger.getLogger(QueueDeclaration.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final BrokerSettings broker;
    private final String name;
    private final Map<String, Set<String>> routingKeys;
    private volatile boolean declared;
    private volatile boolean stopping;

    /**
     * Declares nothing yet.
     *
     * @param name of the connection, as the broker shows it
     * @param routingKeys routing keys of the events that each queue takes
     */
    public QueueDeclaration(BrokerSettings broker, String name, Map<String, Set<String>> routingKeys) {
        this.broker = broker;
        this.name = name;
        this.routingKeys = Map.copyOf(routingKeys);
    }

    /** Begins to declare, on a thread of its own, and tries on until it is done or {@link #stop} is called. */
    public void start() {
        var _ = Thread.ofVirtual().name("event-queues").start(this::declareUntilDone);
    }

    /** Tries no more. */
    public void stop() {
        stopping = true;
    }

    /** Fails with UNAVAILABLE and reason BROKER_UNAVAILABLE while an event could be lost. */
    public void require() {
        if (!declared) {
            throw Failure.unavailable(
                    "BROKER_UNAVAILABLE",
                    "the broker at %s:%d has not taken the queues of the events yet"
                            .formatted(broker.host(), broker.port()),
                    null);
        }
    }

    /** Returns whether the queues are there. */
    public boolean isDone() {
        return declared;
    }

    private void declareUntilDone() {
        for (int attempt = 1; !declared && !stopping; attempt++) {
            try {
                declare();
                declared = true;
            } catch (IOException | TimeoutException | GeneralSecurityException e) {
                if (attempt == 1) {
                    LOG.warnf(
                            "the broker at %s:%d does not take the queues of the events yet, trying on: %s",
                            broker.host(), broker.port(), e);
                }
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void declare() throws IOException, TimeoutException, GeneralSecurityException {
        try (Connection connection = BrokerConnections.factory(broker).newConnection(name);
                Channel channel = connection.createChannel()) {
            for (Map.Entry<String, Set<String>> queue : routingKeys.entrySet()) {
                EventTopology.declare(channel, queue.getKey(), queue.getValue());
            }
        }
    }
}
