package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.retrieval.RetrievalMeasurement;
import quintet.bench.speed.Machine;

/** {@code bench retrieval}: prints recall, speed and size of every kind of vector index. */
@Command(
        name = "retrieval",
        description = {
            "Measures recall@10 against queries per second, and size, of every kind of vector index in this process, in turn"
                    + " with plain Lucene and jvector, and draws it.",
            "Vectors: SIFT and MNIST, sentences embedded by the shipped model (once, then kept), made-up ones."
        })
final class RetrievalCommand implements Callable<Integer> {
    private static final int MAX_VECTORS = 1_000_000;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of shared data (default: ../shared/data of the checkout).")
    private @Nullable Path data;

    @Option(
            names = "--sentences",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Sentences to embed, at most; 0 for none (default: ${DEFAULT-VALUE}).")
    private int sentences;

    @Option(
            names = "--made-up",
            paramLabel = "N",
            defaultValue = "0",
            description = "Made-up vectors of 384 numbers; 0 for none (default: ${DEFAULT-VALUE}).")
    private int madeUp;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds in which everyone answers every query once (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--filters",
            description = "Instead, measure recall@10 under filters that leave 0.1 %% to 100 %% of the vectors.")
    private boolean filters;

    @Option(
            names = "--plots",
            paramLabel = "DIR",
            description = "Folder of the plots (default: bench/target/plots of the checkout).")
    private @Nullable Path plots;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to a file.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || sentences < 0 || sentences > MAX_VECTORS || madeUp < 0 || madeUp > MAX_VECTORS) {
            System.err.println("--rounds must be at least 1, --sentences and --made-up 0 to " + MAX_VECTORS);
            return 2;
        }
        String machine = Machine.describe();
        System.out.println("Measured on " + machine + ".\n");
        ObjectNode figures = Json.object().put("machine", machine);
        Path home = TargetOptions.home();
        RetrievalMeasurement measurement = new RetrievalMeasurement(
                data == null ? home.resolve("../shared/data").normalize() : data,
                home.resolve("bench/target/vectors"),
                plots == null ? home.resolve("bench/target/plots") : plots,
                new Progress());
        if (filters) {
            measurement.runFiltered(sentences, madeUp, figures);
        } else {
            measurement.run(rounds, sentences, madeUp, figures);
        }
        if (json != null) {
            Json.write(json, figures);
        }
        return 0;
    }
}
