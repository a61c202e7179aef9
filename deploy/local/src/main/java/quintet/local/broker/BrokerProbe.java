package quintet.local.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import quintet.local.process.Probe;

/** Ready when it keeps what it is given: a message, published to a queue of the probe's own, is confirmed. */
public final class BrokerProbe implements Probe {
    private static final String QUEUE = "quintet.probe";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final ConnectionFactory factory;

    /** Looks at the broker of an address. */
    public BrokerProbe(BrokerAddress address) {
        factory = address.connectionFactory(TIMEOUT);
    }

    @Override
    public boolean isReady() {
        Connection connection = null;
        try {
            connection = factory.newConnection("probe");
            return takes(connection.createChannel());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException | TimeoutException | ShutdownSignalException _) {
            return false;
        } finally {
            if (connection != null) {
                // A broker that is dead says no farewell.
                connection.abort(Math.toIntExact(TIMEOUT.toMillis()));
            }
        }
    }

    private static boolean takes(Channel channel) throws IOException, InterruptedException, TimeoutException {
        var _ = channel.confirmSelect();
        var _ = channel.queueDeclare(QUEUE, true, false, false, null);
        channel.basicPublish("", QUEUE, MessageProperties.MINIMAL_PERSISTENT_BASIC, new byte[1]);
        boolean confirmed = channel.waitForConfirms(TIMEOUT.toMillis());
        var _ = channel.queuePurge(QUEUE);
        return confirmed;
    }
}
