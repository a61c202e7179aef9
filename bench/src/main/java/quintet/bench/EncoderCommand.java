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
            "With --quality, compares nDCG@10 with single precision instead."
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

    @Option(names = "--quality", description = "Compare nDCG@10 of the quantized models with single precision.")
    private boolean quality;

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
            measurement.quality(figures);
        } else {
            measurement.speed(rounds, texts, batchTokens, figures);
        }
        if (json != null) {
            Json.write(json, figures);
        }
        return 0;
    }
}
