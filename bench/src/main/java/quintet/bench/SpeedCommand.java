package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.bench.quality.HandbookQuality;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.speed.SpeedMeasurement;

/** {@code bench speed}: prints how fast the suite is on this machine. */
@Command(
        name = "speed",
        description = {
            "Measures, on the machine at hand: up to ready, ingestion of the sample handbook, search and answers at 1 and 16"
                    + " clients, small documents against the embedding of their texts alone, one collection's document"
                    + " beside another's backlog, and the memory of each process.",
            "Starts a suite of its own in a scratch folder and takes it down; with --url, measures that one instead, without"
                    + " start and memory."
        })
final class SpeedCommand implements Callable<Integer> {
    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "Starts and ingestions, of which the median counts (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Small documents of one collection that wait while another's is timed; 0 leaves that and the"
                    + " throughput of small documents out (default: ${DEFAULT-VALUE}).")
    private int backlog;

    @Override
    public Integer call() throws IOException {
        if (runs < 1) {
            System.err.println("--runs is " + runs + ", must be at least 1");
            return 2;
        }
        if (backlog < 0) {
            System.err.println("--backlog is " + backlog + ", must be at least 0");
            return 2;
        }
        PrintStream out = System.out;
        List<Path> files = HandbookQuality.files(target.samples());
        SpeedMeasurement measurement = new SpeedMeasurement(files, runs, backlog, new Progress(), out);
        ObjectNode figures = target.url() == null
                ? measurement.ofAnOwnSuite(TargetOptions.home())
                : measurement.ofTheSuiteAt(target.url());
        if (target.json() != null) {
            Json.write(target.json(), figures);
        }
        return 0;
    }
}
