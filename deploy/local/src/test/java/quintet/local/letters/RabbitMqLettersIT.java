package quintet.local.letters;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import quintet.local.broker.BrokerAddress;

/** The same on a RabbitMQ that somebody else runs, when one answers: {@code QUINTET_TEST_RABBITMQ}, or localhost. */
class RabbitMqLettersIT implements LetterScenarios {
    private static final BrokerAddress ADDRESS = BrokerAddress.parse(
            System.getenv().getOrDefault("QUINTET_TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672/"));

    private final String queue = "test-" + UUID.randomUUID();

    @BeforeAll
    static void connect() {
        boolean there = answers();
        System.out.println(
                "dead letters on RabbitMQ at " + ADDRESS + ": " + (there ? "runs" : "skipped, none answers"));
        assumeTrue(there, "no RabbitMQ answers");
    }

    @Override
    public BrokerAddress address() {
        return ADDRESS;
    }

    @Override
    public String queue() {
        return queue;
    }

    private static boolean answers() {
        try (LetterBox _ = LetterBox.open(ADDRESS)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
