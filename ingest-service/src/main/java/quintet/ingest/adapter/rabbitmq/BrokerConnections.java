package quintet.ingest.adapter.rabbitmq;

import com.rabbitmq.client.ConnectionFactory;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** Connections beside those of the channels. */
final class BrokerConnections {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int HEARTBEAT_SECONDS = 15;

    private BrokerConnections() {}

    static ConnectionFactory factory(RabbitMqConfig config) throws GeneralSecurityException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(config.host());
        factory.setPort(config.port());
        factory.setUsername(config.username());
        factory.setPassword(config.password().orElse(""));
        factory.setVirtualHost(config.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(CONNECT_TIMEOUT_MS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        if (config.ssl()) {
            factory.useSslProtocol(SSLContext.getDefault());
            factory.enableHostnameVerification();
        }
        return factory;
    }
}
