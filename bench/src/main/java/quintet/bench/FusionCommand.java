package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quintet.bench.data.RetrievalSet;
import quintet.bench.fusion.FusionMeasurement;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.retrieval.SentenceVectors;

/** {@code bench fusion}: prints what each fusion makes of the same lists, and fits the adaptive one. */
@Command(
        name = "fusion",
        description = {
            "Measures nDCG@10 of every fusion beside the two lists that it fuses, in this process, with a paired test, and"
                    + " fits the weights of the adaptive one: on all sets, and for each set on all others.",
            "Passages are embedded by the shipped model (once, then kept)."
        })
final class FusionCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder of retrieval sets in BEIR's layout (default: ../shared/data/retrieval of the checkout).")
    private @Nullable Path data;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "400",
            description = "Queries of a set, drawn by the seed (default: ${DEFAULT-VALUE}).")
    private int queries;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Draws the queries, and the chances of the tests (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--fit",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Try other weights too (default), or --no-fit.")
    private boolean fit;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to a file.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        if (queries < 1) {
            System.err.println("--queries is " + queries + ", must be at least 1");
            return 2;
        }
        Path home = TargetOptions.home();
        Path folder = data == null ? home.resolve("../shared/data/retrieval").normalize() : data;
        List<Path> sets = sets(folder);
        if (sets.isEmpty()) {
            System.err.println("There are no retrieval sets in " + folder + " (--data names another folder).");
            return 1;
        }
        Path scratch = home.resolve("bench/target/vectors");
        Progress progress = new Progress();
        SentenceVectors vectors = new SentenceVectors(folder, scratch, progress);
        FusionMeasurement measurement = new FusionMeasurement(scratch, seed, progress);
        for (Path set : sets) {
            measurement.add(RetrievalSet.read(set).sample(queries, seed), vectors);
        }
        ObjectNode figures = Json.object();
        measurement.finish(fit, System.out, figures);
        if (json != null) {
            Json.write(json, figures);
        }
        return 0;
    }

    private static List<Path> sets(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(RetrievalSet::isIn).sorted().toList();
        }
    }
}
