package quintet.ingest.adapter.rabbitmq;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The broker that events go to; the same as the consumers'. */
@ConfigMapping(prefix = "quintet.ingest.broker")
interface RabbitMqConfig {
    /** Host name or address. */
    String host();

    /** Port of AMQP 0-9-1. */
    int port();

    /** User that may declare queues and publish. */
    String username();

    /** Password of the user. */
    Optional<String> password();

    /** Virtual host. */
    String virtualHost();

    /** Whether to speak TLS, with the certificate checked against the JVM's trust store and the host name. */
    boolean ssl();

    /** How long a batch may wait for its confirms before it is published again. */
    @WithDefault("10s")
    Duration confirmTimeout();
}
