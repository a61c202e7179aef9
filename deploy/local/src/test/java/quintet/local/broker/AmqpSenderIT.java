package quintet.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.local.process.Ports;
import quintet.messaging.AmqpSender;

class AmqpSenderIT {
    private static final String PASSWORD = "a secret";
    private static final String QUEUE = "test.events";
    private static final String ROUTING_KEY = "test.happened.v1";
    private static final int STEP = 23;

    @TempDir
    Path folder;

    private final int port = new Ports().any();
    private BrokerServer broker;
    private CuttingProxy proxy;
    private AmqpSender sender;

    @BeforeEach
    void start() throws Exception {
        broker = new BrokerServer(folder.resolve("broker"), port, PASSWORD);
        broker.start();
        proxy = new CuttingProxy(port);
        sender = sender();
    }

    @AfterEach
    void stop() throws Exception {
        sender.close();
        proxy.close();
        broker.stop();
    }

    /** From the first byte of the handshake to the confirm of an event. */
    @Test
    void publishesAgainWhereverItsConnectionWasCut() throws Exception {
        Set<String> confirmed = new HashSet<>();
        for (int cut = 1; !publishesOnANewConnectionOf(cut); cut += STEP) {
            proxy.heal();
            String event = "after a cut after %d bytes".formatted(cut);
            assertThat(publishes(event)).as(event).isTrue();
            confirmed.add(event);
        }
        assertThat(confirmed).as("cuts").hasSizeGreaterThan(10);
        assertThat(queued()).containsAll(confirmed);
    }

    @Test
    void confirmsNoEventThatNoQueueTakes() {
        assertThatThrownBy(() -> sender.publish("test.other.v1", bytes("lost"), Map.of()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("BROKER_UNAVAILABLE"));
    }

    @Test
    void declaresItsQueuesAgainOnABrokerThatCameBackEmpty() throws Exception {
        assertThat(publishes("before")).isTrue();
        broker.stop();
        assertThat(publishes("without a broker")).isFalse();
        broker = new BrokerServer(folder.resolve("empty"), port, PASSWORD);
        broker.start();
        assertThat(publishes("after")).isTrue();
        assertThat(queued()).containsExactly("after");
    }

    private boolean publishesOnANewConnectionOf(int bytes) {
        proxy.cutAfter(bytes);
        sender.close();
        sender = sender();
        return publishes("with %d bytes".formatted(bytes));
    }

    private AmqpSender sender() {
        return new AmqpSender(
                factory(proxy.port()), "test sender", Map.of(QUEUE, Set.of(ROUTING_KEY)), Duration.ofSeconds(5));
    }

    private boolean publishes(String event) {
        try {
            sender.publish(ROUTING_KEY, bytes(event), Map.of());
            return true;
        } catch (Failure unavailable) {
            assertThat(unavailable.reason()).isEqualTo("BROKER_UNAVAILABLE");
            return false;
        }
    }

    private Set<String> queued() throws Exception {
        Set<String> events = new HashSet<>();
        try (Connection connection = factory(port).newConnection();
                Channel channel = connection.createChannel()) {
            for (GetResponse next = channel.basicGet(QUEUE, true); next != null; next = channel.basicGet(QUEUE, true)) {
                events.add(new String(next.getBody(), StandardCharsets.UTF_8));
            }
        }
        return events;
    }

    private static byte[] bytes(String event) {
        return event.getBytes(StandardCharsets.UTF_8);
    }

    private static ConnectionFactory factory(int port) {
        return BrokerServer.address(port, PASSWORD).connectionFactory(Duration.ofSeconds(10));
    }
}
