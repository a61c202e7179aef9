package quintet.ingest.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import quintet.failure.Failure;
import quintet.ingest.port.QueueDepths;
import quintet.messaging.BrokerConnections;
import quintet.messaging.EventTopology;
import quintet.messaging.RetryPolicy;

/** {@link QueueDepths} by declaring queues passively, over a connection that lives as long as the question. */
@ApplicationScoped
class RabbitMqQueueDepths implements QueueDepths {
    private final ConnectionFactory factory;

    RabbitMqQueueDepths(RabbitMqConfig config) throws GeneralSecurityException {
        factory = BrokerConnections.factory(config);
    }

    @Override
    public Set<String> busy(Set<String> queues) {
        Set<String> busy = new HashSet<>();
        try (Connection connection = factory.newConnection("quintet-ingest queue depths")) {
            for (String queue : queues) {
                if (isBusy(connection, queue)) {
                    busy.add(queue);
                }
            }
            return busy;
        } catch (IOException | TimeoutException | RuntimeException e) {
            throw Failure.unavailable("BROKER_UNAVAILABLE", "the broker does not say what waits in its queues", e);
        }
    }

    private static boolean isBusy(Connection connection, String queue) throws IOException {
        if (depth(connection, queue) > 0) {
            return true;
        }
        for (Duration delay : RetryPolicy.DELAYS) {
            if (depth(connection, EventTopology.retryQueue(queue, delay)) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Asking for a queue that is not there closes the channel, so each question has its own. */
    private static long depth(Connection connection, String queue) throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("the broker allows no more channels");
        }
        try {
            long depth = channel.queueDeclarePassive(queue).getMessageCount();
            channel.abort();
            return depth;
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException closed
                    && closed.getReason() instanceof AMQP.Channel.Close why
                    && why.getReplyCode() == AMQP.NOT_FOUND) {
                return 0;
            }
            throw e;
        }
    }
}
