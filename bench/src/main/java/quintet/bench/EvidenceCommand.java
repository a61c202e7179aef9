package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quintet.bench.evidence.EvidenceQuality;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;

/** {@code bench evidence}: prints which sentences of answers are flagged as unsupported. */
@Command(
        name = "evidence",
        description = {
            "Holds the sentences of mtRAG's reference answers against their own passages and others', and with a number or a"
                    + " name replaced, and counts what generate-service would flag as unsupported. In this process."
        })
final class EvidenceCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description =
                    "mtRAG's reference.jsonl (default: ../shared/data/reading/mtrag_un/reference.jsonl of the checkout).")
    private @Nullable Path data;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Draws other passages, numbers and names (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to a file.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        Path home = TargetOptions.home();
        Path file = data == null
                ? home.resolve("../shared/data/reading/mtrag_un/reference.jsonl")
                        .normalize()
                : data;
        if (!Files.isRegularFile(file)) {
            System.err.println("There is no " + file + " (--data names another file).");
            return 1;
        }
        ObjectNode figures = Json.object();
        new EvidenceQuality(file, home.resolve("bench/target/vectors/models"), seed, new Progress()).run(figures);
        if (json != null) {
            Json.write(json, figures);
        }
        return 0;
    }
}
