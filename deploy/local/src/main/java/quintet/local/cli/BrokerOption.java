package quintet.local.cli;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.local.broker.BrokerAddress;
import quintet.local.suite.SuiteStatus;

/** The options of commands that talk to the broker. */
final class BrokerOption {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--rabbitmq",
            paramLabel = "URL",
            description = "A broker elsewhere, as amqp://user:password@host:5672/vhost. Default: the one of the Quintet"
                    + " that runs with --data.")
    private @Nullable String rabbitmq;

    /** Where the broker is; empty, having said so, if nothing is up. */
    Optional<BrokerAddress> find() throws IOException {
        if (rabbitmq != null) {
            return Optional.of(BrokerAddress.parse(rabbitmq));
        }
        if (SuiteStatus.ofRunning(data.folder()).isEmpty()) {
            System.err.println(
                    "Quintet is not running with " + data.folder().root() + ". Start it with " + data.command("up"));
            return Optional.empty();
        }
        return Optional.of(BrokerAddress.read(data.folder().brokerFile()));
    }

    /** How a command that concerns the same broker has to be called. */
    String command(String name) {
        return data.command(name);
    }
}
