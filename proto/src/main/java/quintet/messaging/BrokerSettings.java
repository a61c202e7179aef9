package quintet.messaging;

import java.util.Optional;

/** Where the broker is; a service's configuration has it with the same values as the connector of its channels. */
public interface BrokerSettings {
    /** Host name or address. */
    String host();

    /** Port of AMQP 0-9-1. */
    int port();

    /** User that may declare queues and publish. */
    String username();

    /** Password of the user; from a secret, not from the file. */
    Optional<String> password();

    /** Virtual host. */
    String virtualHost();

    /** Whether to speak TLS, with the certificate checked against the JVM's trust store and the host name. */
    boolean ssl();
}
