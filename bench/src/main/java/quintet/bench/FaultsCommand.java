package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quintet.bench.faults.FaultPlan;
import quintet.bench.faults.FaultsMeasurement;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.speed.Machine;

/** {@code bench faults}: shows that nothing acknowledged is lost. */
@Command(
        name = "faults",
        description = {
            "Kills (-9), pauses, starves and lies to the parts of a suite under a steady load of new, changed and"
                    + " deleted documents, and compares a log of what was acknowledged with what is found afterwards:"
                    + " nothing lost, resurrected, doubled, mixed or stuck.",
            "Starts a suite of its own in a scratch folder and takes it down. Filling the disk needs root, for a"
                    + " volume of limited size."
        },
        footer = "Exit codes: 0 every promise was kept; 1 one was broken, or nothing could be measured; 2 wrong usage.")
final class FaultsCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    @Option(
            names = "--documents",
            paramLabel = "N",
            defaultValue = "600",
            description =
                    "New documents in the load, at most 50000; two of three are changed or deleted later (default:"
                            + " ${DEFAULT-VALUE}).")
    private int documents;

    @Option(
            names = "--faults",
            paramLabel = "N",
            defaultValue = "0",
            description = "Faults; every kind strikes before any strikes again (default: every kind once).")
    private int faults;

    @Option(
            names = "--only",
            paramLabel = "WORD",
            defaultValue = "",
            description = "Only faults whose name, as in the table, holds this word (default: all).")
    private String only = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Draws texts, requests, faults and their moments (default: a new one, which is printed).")
    private @Nullable Long seed;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "180",
            description =
                    "Time in which the documents come and over which the faults are spread; their recovery comes on"
                            + " top (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--pause",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long a stopped process stands still (default: ${DEFAULT-VALUE}).")
    private int pause;

    @Option(
            names = "--full",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long the disk stays full (default: ${DEFAULT-VALUE}).")
    private int full;

    @Option(
            names = "--recovery",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Time after a fault, and after the load, by which everything must be right (default:"
                    + " ${DEFAULT-VALUE}).")
    private int recovery;

    @Option(
            names = "--rabbitmq",
            paramLabel = "URL",
            description =
                    "A RabbitMQ instead of the embedded broker, amqp://user:password@host:5672/vhost. It is not killed."
                            + " Give it a virtual host of its own: queues and dead letters stay there.")
    private @Nullable URI rabbitmq;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to FILE as JSON.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (documents < 1 || documents > 50_000 || faults < 0 || seconds < 1 || pause < 1 || full < 1 || recovery < 1) {
            System.err.println("--documents must be 1 to 50000, --faults at least 0, all times at least 1 second");
            return 2;
        }
        FaultPlan plan = new FaultPlan(
                documents,
                Duration.ofSeconds(seconds),
                only,
                faults,
                Duration.ofSeconds(pause),
                Duration.ofSeconds(full),
                Duration.ofSeconds(recovery),
                seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed);
        System.out.println("Measured on " + Machine.describe() + ".\n");
        ObjectNode figures =
                new FaultsMeasurement(plan, new Progress(), System.out).run(TargetOptions.home(), rabbitmq);
        if (json != null) {
            Json.write(json, figures);
        }
        return figures.path("violations").asInt() == 0 ? 0 : 1;
    }
}
