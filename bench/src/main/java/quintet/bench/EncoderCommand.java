package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quintet.bench.encoder.EncoderMeasurement;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.speed.Machine;

/** {@code bench encoder}: prints how fast the encoder is beside others over the same weights. */
@Command(
        name = "encoder",
        description = {
            "Measures the encoder in this process: passages, queries, pairs, latency and a mixed load, side by side with"
                    + " langchain4j's in-process model of the same weights and a plain ONNX Runtime loop, and as a share of what the"
                    + " processor can do.",
            "With --quality, measures nDCG@10 of exact search instead: of the model in single precision, as it is shipped and as"
                    + " langchain4j ships it, or of --models."
        })
final class EncoderCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the retrieval sets (default: ../shared/data/retrieval of the checkout).")
    private @Nullable Path data;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "Rounds in which everyone does everything once (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--texts",
            paramLabel = "N",
            defaultValue = "16",
            description = "Passages of each set, and twice as many queries (default: ${DEFAULT-VALUE}).")
    private int texts;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of each contestant (default: as many as processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--batch-tokens",
            paramLabel = "N",
            split = ",",
            defaultValue = "192",
            description = "Tokens of a run; the first is ours, others compete too (default: ${DEFAULT-VALUE}).")
    private List<Integer> batchTokens = List.of();

    @Option(names = "--quality", description = "Measure how well the vectors find, not how fast they are made.")
    private boolean quality;

    @Option(
            names = "--models",
            paramLabel = "MODEL",
            split = ",",
            defaultValue = "bge-small-en-v1.5,bge-small-en-v1.5-int8,bge-small-en-v1.5-q",
            description =
                    "With --quality: names of shipped models, and folders with a transformer or word vectors (default:"
                            + " ${DEFAULT-VALUE}).")
    private List<String> models = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to a file.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || texts < 2 || threads < 1 || batchTokens.stream().anyMatch(tokens -> tokens < 1)) {
            System.err.println("--rounds, --threads and --batch-tokens must be at least 1, --texts at least 2");
            return 2;
        }
        Path folder = data == null
                ? TargetOptions.home().resolve("../shared/data/retrieval").normalize()
                : data;
        if (!Files.isDirectory(folder)) {
            System.out.println("Encoder skipped: there is no " + folder + " (--data names another folder).");
            return 0;
        }
        String machine = Machine.describe();
        System.out.println("Measured on " + machine + ".\n");
        ObjectNode figures = Json.object().put("machine", machine);
        EncoderMeasurement measurement = new EncoderMeasurement(
                folder, TargetOptions.home().resolve("bench/target/models"), threads, new Progress());
        if (quality) {
            measurement.quality(models, figures);
        } else {
            measurement.speed(rounds, texts, batchTokens, figures);
        }
        if (json != null) {
            Json.write(json, figures);
        }
        return 0;
    }
}
