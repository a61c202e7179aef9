package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.bench.data.RetrievalSet;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.rerank.CascadeSweep;
import quintet.bench.rerank.LiveRerank;
import quintet.bench.rerank.ScoredSet;
import quintet.bench.speed.Machine;
import quintet.bench.suite.SuiteClient;

/** {@code bench rerank}: prints what the re-ranking cascade keeps of the quality, and what it saves. */
@Command(
        name = "rerank",
        description = {
            "Re-ranks the best hits of each query, all of them and as a cascade, compares nDCG@10, pairs and time, and"
                    + " tries other rules for the end of the cascade on the same scores.",
            "Asks the suite at --url or on port 8080; where none answers there, starts one of its own and takes it"
                    + " down."
        })
final class RerankCommand implements Callable<Integer> {
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
            description = "Retrieval sets to measure (default: all that are there).")
    private List<String> sets = List.of();

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "30",
            description = "Queries of a set, drawn by the seed (default: ${DEFAULT-VALUE}).")
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
            defaultValue = "100",
            description = "Hits of a query that are re-ranked (default: ${DEFAULT-VALUE}).")
    private int candidates;

    @Option(
            names = "--scores",
            paramLabel = "FILE",
            description = "Keeps all scores in FILE; where it exists, only tries the rules on them and asks no suite.")
    private @Nullable Path scores;

    private final Progress progress = new Progress();
    private final PrintStream out = System.out;

    @Override
    public Integer call() throws IOException {
        if (queries < 1 || candidates < 10 || candidates > 256) {
            System.err.println("--queries must be at least 1, --candidates 10 to 256");
            return 2;
        }
        if (scores != null && Files.isRegularFile(scores)) {
            finish(Json.object(), ScoredSet.read(scores));
            return 0;
        }
        List<Path> folders = folders();
        if (folders.isEmpty()) {
            System.err.println("There is no such retrieval set (--data names another folder).");
            return 1;
        }
        return target.measure(progress, suite -> measure(suite, folders));
    }

    private List<Path> folders() throws IOException {
        Path folder = data == null
                ? TargetOptions.home().resolve("../shared/data/retrieval").normalize()
                : data;
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(RetrievalSet::isIn)
                    .filter(set ->
                            sets.isEmpty() || sets.contains(set.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private void measure(SuiteClient suite, List<Path> folders) throws IOException {
        String machine = Machine.describe();
        out.println("Measured on " + machine + ".\n");
        LiveRerank live = new LiveRerank(suite, progress, candidates);
        List<ScoredSet> scored = new ArrayList<>();
        for (Path folder : folders) {
            scored.add(live.measure(RetrievalSet.read(folder).sample(queries, seed)));
            if (scores != null) {
                ScoredSet.write(scores, scored);
            }
        }
        out.println(live.table());
        ObjectNode figures = Json.object().put("machine", machine);
        figures.set("live", live.figures());
        finish(figures, scored);
    }

    private void finish(ObjectNode figures, List<ScoredSet> scored) throws IOException {
        figures.set("withScores", sweep(scored, true));
        figures.set("withoutScores", sweep(scored, false));
        if (target.json() != null) {
            Json.write(target.json(), figures);
        }
    }

    private ObjectNode sweep(List<ScoredSet> scored, boolean firstStage) {
        CascadeSweep sweep = new CascadeSweep(scored, firstStage);
        out.printf(
                "Rules tried on those scores, candidates %s first-stage scores; fewest pairs at 0.990: %s.%n%n%s%n%s%n",
                firstStage ? "with" : "without", sweep.choice(), sweep.crossValidation(), sweep.rules());
        return sweep.figures();
    }
}
