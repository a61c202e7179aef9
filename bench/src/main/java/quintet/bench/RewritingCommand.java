package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.rewriting.RewritingMeasurement;
import quintet.bench.speed.Machine;

/** {@code bench rewriting}: prints what each step before a search is worth. */
@Command(
        name = "rewriting",
        description = {
            "Measures nDCG@10 and recall@100 with each step that makes queries better before they are searched,"
                    + " against none, in this process: spelling (and with a typo in each query), abbreviations, feedback,"
                    + " self-query, follow-ups.",
            "Steps that need a model server are not measured."
        })
final class RewritingCommand implements Callable<Integer> {
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
            names = "--sets",
            split = ",",
            paramLabel = "NAME",
            description = "Retrieval sets to measure, and mtrag for follow-ups (default: all that are there).")
    private List<String> sets = List.of();

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "100",
            description = "Queries of a set, drawn by the seed (default: ${DEFAULT-VALUE}).")
    private int queries;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Draws the queries: the same seed, the same queries (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to a file.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        if (queries < 1) {
            System.err.println("--queries must be at least 1");
            return 2;
        }
        String machine = Machine.describe();
        System.out.println("Measured on " + machine + ".\n");
        ObjectNode figures = Json.object().put("machine", machine);
        Path home = TargetOptions.home();
        new RewritingMeasurement(
                        data == null ? home.resolve("../shared/data").normalize() : data,
                        home.resolve("bench/target/rewriting"),
                        new Progress())
                .run(sets, queries, seed, figures, System.out);
        if (json != null) {
            Json.write(json, figures);
        }
        return 0;
    }
}
