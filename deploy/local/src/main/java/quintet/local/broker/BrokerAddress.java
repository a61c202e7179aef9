package quintet.local.broker;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import quintet.local.process.PrivateFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where an AMQP 0-9-1 broker is and who may in.
 *
 * @param host name or address
 * @param port TCP port
 * @param username user
 * @param password its password
 * @param virtualHost virtual host, usually {@code /}
 * @param tls whether the connection is encrypted
 */
public record BrokerAddress(String host, int port, String username, String password, String virtualHost, boolean tls) {
    private static final int PLAIN_PORT = 5672;
    private static final int TLS_PORT = 5671;

    /**
     * Reads {@code amqp://user:password@host:port/vhost}, as RabbitMQ's clients write it, or {@code amqps://...}.
     *
     * @throws IllegalArgumentException with a sentence for the user, which does not repeat the password
     */
    public static BrokerAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("The RabbitMQ address is no URI: " + e.getReason(), e);
        }
        boolean tls = "amqps".equals(uri.getScheme());
        if (!(tls || "amqp".equals(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "The RabbitMQ address must look like amqp://user:password@host:5672/vhost");
        }
        String[] user = (uri.getRawUserInfo() == null ? "guest:guest" : uri.getRawUserInfo()).split(":", 2);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new BrokerAddress(
                uri.getHost(),
                uri.getPort() >= 0 ? uri.getPort() : tls ? TLS_PORT : PLAIN_PORT,
                decode(user[0]),
                user.length == 2 ? decode(user[1]) : "",
                path.length() < 2 ? "/" : decode(path.substring(1)),
                tls);
    }

    /** The variables that ingest, embed and retrieve read. */
    public Map<String, String> environment() {
        return Map.of(
                "QUINTET_RABBITMQ_HOST", host,
                "QUINTET_RABBITMQ_PORT", Integer.toString(port),
                "QUINTET_RABBITMQ_USERNAME", username,
                "QUINTET_RABBITMQ_PASSWORD", password,
                "QUINTET_RABBITMQ_VHOST", virtualHost,
                "QUINTET_RABBITMQ_SSL", Boolean.toString(tls));
    }

    /** Returns what connects to it, each step within a time, and leaves a broken connection to its user. */
    public ConnectionFactory connectionFactory(Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(host);
        factory.setPort(port);
        factory.setUsername(username);
        factory.setPassword(password);
        factory.setVirtualHost(virtualHost);
        factory.setConnectionTimeout(millis);
        factory.setHandshakeTimeout(millis);
        factory.setChannelRpcTimeout(millis);
        factory.setAutomaticRecoveryEnabled(false);
        if (tls) {
            try {
                factory.useSslProtocol(SSLContext.getDefault());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("This Java has no TLS", e);
            }
            factory.enableHostnameVerification();
        }
        return factory;
    }

    /** Keeps the address, with its password, in a file that only its owner may read. */
    public void write(Path file) {
        PrivateFiles.replace(file, JsonMapper.shared().writeValueAsString(this));
    }

    /** Reads what {@link #write} has kept. */
    public static BrokerAddress read(Path file) throws IOException {
        try {
            return JsonMapper.shared().readValue(Files.readString(file), BrokerAddress.class);
        } catch (JacksonException e) {
            throw new IOException(file + " holds no broker's address", e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return (tls ? "amqps://" : "amqp://") + username + "@" + host + ":" + port + " " + virtualHost;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
