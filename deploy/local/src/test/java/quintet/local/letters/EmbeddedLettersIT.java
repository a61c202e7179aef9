package quintet.local.letters;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import quintet.local.broker.BrokerAddress;
import quintet.local.broker.BrokerServer;
import quintet.local.process.Ports;

class EmbeddedLettersIT implements LetterScenarios {
    @TempDir
    static Path folder;

    private static final String PASSWORD = "a secret";

    private static BrokerServer broker;
    private static int port;

    private final String queue = "test-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        port = new Ports().any();
        broker = new BrokerServer(folder, port, PASSWORD);
        broker.start();
    }

    @AfterAll
    static void stop() {
        broker.stop();
    }

    @Override
    public BrokerAddress address() {
        return BrokerServer.address(port, PASSWORD);
    }

    @Override
    public String queue() {
        return queue;
    }
}
