package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quintet.bench.gateway.GatewayTrial;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.speed.Machine;

/** {@code bench gateway}: what generate-service adds between a model server and a client. */
@Command(
        name = "gateway",
        description = {
            "Reads streams from a scripted model server directly, through nginx and through generate-service, in turn: time to"
                    + " the first token, jitter between tokens, tokens per second and processor time per token.",
            "Search and re-ranking are canned; the tokens carry the time at which they left."
        })
final class GatewayCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    @Option(
            names = "--streams",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,16,64,256",
            description = "Streams at once, 1 to 1024 (default: ${DEFAULT-VALUE}).")
    private List<Integer> streams = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Times that each way is measured, in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "64",
            description = "Tokens of an answer (default: ${DEFAULT-VALUE}).")
    private int tokens;

    @Option(
            names = "--first-ms",
            paramLabel = "N",
            defaultValue = "50",
            description = "Milliseconds of the model server to the first token (default: ${DEFAULT-VALUE}).")
    private int firstMs;

    @Option(
            names = "--between-ms",
            paramLabel = "N",
            defaultValue = "20",
            description = "Milliseconds between two tokens (default: ${DEFAULT-VALUE}).")
    private int betweenMs;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to a file.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        if (streams.stream().anyMatch(n -> n < 1 || n > 1024)
                || rounds < 1
                || tokens < 2
                || firstMs < 0
                || betweenMs < 0) {
            System.err.println(
                    "--streams must be 1 to 1024, --rounds at least 1, --tokens at least 2, times not negative");
            return 2;
        }
        ObjectNode figures = Json.object();
        System.out.println(Machine.describe() + "\n");
        new GatewayTrial(
                        TargetOptions.home(),
                        tokens,
                        Duration.ofMillis(firstMs),
                        Duration.ofMillis(betweenMs),
                        new Progress())
                .run(streams, rounds, System.out, figures);
        if (json != null) {
            Json.write(json, figures);
        }
        return 0;
    }
}
