package quintet.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.local.part.PartFailedException;
import quintet.local.process.Ports;

class BrokerServerIT {
    private static final String PASSWORD = "a secret";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Map<String, Object> QUEUE = Map.of(
            "x-queue-type",
            "quorum",
            "x-delivery-limit",
            5,
            "alternateBinding",
            "{\"destination\": \"ingest.document-received.dlq\"}",
            "maximumDeliveryAttempts",
            1);

    @TempDir
    Path folder;

    private final int port = new Ports().any();
    private BrokerServer broker;

    @BeforeEach
    void start() throws Exception {
        restart();
    }

    @AfterEach
    void stop() {
        broker.stop();
    }

    @Test
    void keepsConfirmedMessagesThroughARestart() throws Exception {
        try (Connection connection = connect(PASSWORD);
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("quintet.events", "topic", true);
            channel.queueDeclare("ingest.document-received", true, false, false, QUEUE);
            channel.queueBind("ingest.document-received", "quintet.events", "ingest.document-received.v1");
            channel.confirmSelect();
            channel.basicPublish(
                    "quintet.events",
                    "ingest.document-received.v1",
                    MessageProperties.PERSISTENT_BASIC,
                    "hello".getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        }

        broker.stop();
        restart();

        try (Connection connection = connect(PASSWORD);
                Channel channel = connection.createChannel()) {
            GetResponse message = channel.basicGet("ingest.document-received", false);
            assertThat(new String(message.getBody(), StandardCharsets.UTF_8)).isEqualTo("hello");
            channel.basicReject(message.getEnvelope().getDeliveryTag(), false);
            GetResponse dead = channel.basicGet("ingest.document-received.dlq", true);
            assertThat(new String(dead.getBody(), StandardCharsets.UTF_8)).isEqualTo("hello");
        }
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> connect("guess").close()).isInstanceOf(PossibleAuthenticationFailureException.class);
    }

    @Test
    void leavesNoPasswordOnDisk() throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(PASSWORD);
            }
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        broker.stop();
        try (ServerSocket _ = new ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(this::restart)
                    .isInstanceOf(PartFailedException.class)
                    .hasMessageContaining("port " + port + " is taken");
        }
    }

    private void restart() throws Exception {
        broker = new BrokerServer(folder.resolve("broker"), port, PASSWORD);
        broker.start();
    }

    private Connection connect(String password) throws Exception {
        return BrokerServer.address(port, password).connectionFactory(TIMEOUT).newConnection();
    }
}
