package quintet.local.cli;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.local.suite.SuiteStatus;

/** The options of commands that talk to a running Quintet. */
final class DoorOption {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:QUINTET_URL}",
            description = "Address of a Quintet elsewhere. Default: the one of --data, or $QUINTET_URL.")
    private @Nullable URI url;

    /** Where to send requests; empty, having said so, if nothing is up. */
    Optional<URI> find() {
        if (url != null) {
            return Optional.of(url);
        }
        Optional<SuiteStatus> running = SuiteStatus.ofRunning(data.folder());
        if (running.isEmpty()) {
            System.err.println(
                    "Quintet is not running with " + data.folder().root() + ". Start it with " + data.command("up"));
        }
        return running.map(SuiteStatus::url);
    }

    /** How a command that concerns the same Quintet has to be called. */
    String command(String name) {
        return data.command(name);
    }
}
