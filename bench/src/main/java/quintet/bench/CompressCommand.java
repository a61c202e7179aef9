package quintet.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.bench.compression.CompressionQuality;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.speed.Machine;
import quintet.bench.suite.SuiteClient;

/** {@code bench compress}: prints how much shorter a context becomes and what of the answer stays in it. */
@Command(
        name = "compress",
        description = {
            "Compresses the passages that the handbook's questions would be answered from, and counts the tokens and"
                    + " the answers that are left.",
            "Asks the suite at --url or on port 8080; where none answers there, starts one of its own and takes it"
                    + " down."
        })
final class CompressCommand implements Callable<Integer> {
    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--thresholds",
            split = ",",
            paramLabel = "SHARE",
            defaultValue = "0.1,0.2,0.3,0.4,0.5,0.6",
            description = "Shares of the best sentence's score below which a sentence is left out (default:"
                    + " ${DEFAULT-VALUE}).")
    private List<Double> thresholds = List.of();

    @Option(
            names = "--keep-first",
            description = "Also keep the first sentence of a passage of which something is kept.")
    private boolean keepFirst;

    @Option(
            names = "--questions",
            paramLabel = "N",
            defaultValue = "201",
            description =
                    "Questions of each of the two files, drawn by the seed (default: all, up to ${DEFAULT-VALUE}).")
    private int questions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Draws the questions: the same seed, the same questions (default: ${DEFAULT-VALUE}).")
    private long seed;

    private final Progress progress = new Progress();

    @Override
    public Integer call() throws IOException {
        if (thresholds.stream().anyMatch(threshold -> !(threshold >= 0 && threshold <= 1))) {
            System.err.println("--thresholds must be 0 to 1");
            return 2;
        }
        if (questions < 1) {
            System.err.println("--questions must be at least 1");
            return 2;
        }
        return target.measure(progress, this::measure);
    }

    private void measure(SuiteClient suite) throws IOException {
        String machine = Machine.describe();
        System.out.println("Measured on " + machine + ".\n");
        CompressionQuality quality = new CompressionQuality(suite, progress);
        quality.ask(target.samples(), questions, seed);
        thresholds.forEach(threshold -> quality.measure(threshold, keepFirst));
        System.out.println(quality.table());
        if (target.json() != null) {
            Json.write(target.json(), quality.figures().put("machine", machine));
        }
    }
}
