package quintet.messaging;

import com.rabbitmq.client.ConnectionFactory;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** Connections beside those of the channels. */
public final class BrokerConnections {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int HEARTBEAT_SECONDS = 15;

    private BrokerConnections() {}

    /** Returns what connects to a broker, within 5 s, and leaves a broken connection to its user. */
    public static ConnectionFactory factory(BrokerSettings broker) throws GeneralSecurityException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password().orElse(""));
        factory.setVirtualHost(broker.virtualHost());
        factory.setConnectionTimeout(CONNECT_TIMEOUT_MS);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        if (broker.ssl()) {
            factory.useSslProtocol(SSLContext.getDefault());
            factory.enableHostnameVerification();
        }
        return factory;
    }
}
