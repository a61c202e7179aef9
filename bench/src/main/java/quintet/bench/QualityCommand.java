package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import quintet.bench.data.RetrievalSet;
import quintet.bench.quality.HandbookQuality;
import quintet.bench.quality.RetrievalQuality;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.suite.SuiteClient;

/** {@code bench quality}: prints how good searches and answers are. */
@Command(
        name = "quality",
        description = {
            "Measures how often the right page of the sample handbook is found, ranked first and cited, and nDCG@10 on the"
                    + " retrieval sets of a data folder.",
            "Asks the suite at --url or on port 8080; where none answers there, starts one of its own and takes it down."
        })
final class QualityCommand implements Callable<Integer> {
    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder of retrieval sets in BEIR's layout (default: ../shared/data/retrieval of the checkout).")
    private @Nullable Path data;

    @Option(
            names = "--sets",
            split = ",",
            paramLabel = "NAME",
            description = "Retrieval sets to measure, or none (default: all that are there).")
    private List<String> sets = List.of();

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "100",
            description = "Queries of a retrieval set, drawn by the seed (default: ${DEFAULT-VALUE}).")
    private int queries;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Draws the queries: the same seed, the same queries (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "10",
            description = "Passages of a retrieval set's query that are re-ranked (default: ${DEFAULT-VALUE}).")
    private int candidates;

    @Spec
    private picocli.CommandLine.Model.@Nullable CommandSpec spec;

    private final Progress progress = new Progress();
    private final PrintStream out = System.out;

    @Override
    public Integer call() throws IOException {
        requirePositive("--queries", queries);
        requirePositive("--candidates", candidates);
        return target.measure(progress, this::measure);
    }

    private void measure(SuiteClient suite) throws IOException {
        ObjectNode figures = Json.object();
        figures.set("handbook", new HandbookQuality(suite, progress).measure(target.samples(), out));
        List<Path> folders = folders();
        if (!folders.isEmpty()) {
            RetrievalQuality retrieval = new RetrievalQuality(suite, progress, candidates);
            for (Path folder : folders) {
                retrieval.measure(RetrievalSet.read(folder).sample(queries, seed));
            }
            figures.set("retrieval", retrieval.finish(out));
        }
        if (target.json() != null) {
            Json.write(target.json(), figures);
        }
    }

    private List<Path> folders() throws IOException {
        if (sets.equals(List.of("none"))) {
            return List.of();
        }
        Path folder = data == null
                ? TargetOptions.home().resolve("../shared/data/retrieval").normalize()
                : data;
        if (!Files.isDirectory(folder)) {
            out.println("Retrieval sets skipped: there is no " + folder + " (--data names another folder).\n");
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> found = children.filter(RetrievalSet::isIn).sorted().toList();
            List<String> names =
                    found.stream().map(set -> set.getFileName().toString()).toList();
            for (String set : sets) {
                if (!names.contains(set)) {
                    throw usage("--sets names " + set + ", must be of " + names);
                }
            }
            return found.stream()
                    .filter(set ->
                            sets.isEmpty() || sets.contains(set.getFileName().toString()))
                    .toList();
        }
    }

    private void requirePositive(String option, int value) {
        if (value < 1) {
            throw usage(option + " is " + value + ", must be at least 1");
        }
    }

    private RuntimeException usage(String message) {
        return spec == null
                ? new IllegalArgumentException(message)
                : new ParameterException(spec.commandLine(), message);
    }
}
