package quintet.retrieve.adapter.rabbitmq;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Optional;

/** Where the broker is; the same properties that the connector of the channels reads. */
@ConfigMapping(prefix = "quintet.retrieve.broker")
interface BrokerConfig {
    /** Host name or address. */
    String host();

    /** AMQP port. */
    int port();

    /** User. */
    String username();

    /** Password; from a secret, not from the file. */
    Optional<String> password();

    /** Virtual host. */
    @WithName("vhost")
    String virtualHost();

    /** Whether to speak TLS, with the JDK's trust store and the host's name checked. */
    boolean ssl();
}
