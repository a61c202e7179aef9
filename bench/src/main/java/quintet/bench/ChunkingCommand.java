package quintet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import quintet.bench.chunking.ChunkingQuality;
import quintet.bench.chunking.Variant;
import quintet.bench.data.ChunkingSet;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.suite.SearchMode;
import quintet.bench.suite.SuiteClient;

/** {@code bench chunking}: prints how well each way of cutting documents serves search. */
@Command(
        name = "chunking",
        description = {
            "Measures recall, precision and intersection over union of the marked excerpts in the best hits, for each"
                    + " chunking strategy, on Chroma's chunking benchmark: real chunks, embeddings and searches.",
            "Asks the suite at --url or on port 8080; where none answers there, starts one of its own and takes it down."
        })
final class ChunkingCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the benchmark (default: ../shared/data/chunking of the checkout).")
    private @Nullable Path data;

    @Option(
            names = "--corpora",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "state_of_the_union,wikitexts,chatlogs",
            description = "Corpora to measure on, or all, which takes minutes a strategy (default: ${DEFAULT-VALUE}).")
    private List<String> corpora = List.of();

    @Option(
            names = "--strategies",
            split = ",",
            paramLabel = "NAME",
            description = "Strategies to measure (default: all).")
    private List<String> strategies = List.of();

    @Option(
            names = "--questions",
            paramLabel = "N",
            defaultValue = "150",
            description = "Questions, drawn by the seed; 472 for all (default: ${DEFAULT-VALUE}).")
    private int questions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Draws the questions: the same seed, the same questions (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "5",
            description = "Hits of a question that count (default: ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "HYBRID",
            description = "LEXICAL, DENSE or HYBRID (default: ${DEFAULT-VALUE}).")
    private SearchMode mode = SearchMode.HYBRID;

    @Spec
    private picocli.CommandLine.Model.@Nullable CommandSpec spec;

    private final Progress progress = new Progress();

    @Override
    public Integer call() throws IOException {
        if (questions < 1 || topK < 1) {
            throw usage("--questions and --top-k must be at least 1");
        }
        List<Variant> variants = variants();
        Path folder = data == null
                ? TargetOptions.home().resolve("../shared/data/chunking").normalize()
                : data;
        if (!ChunkingSet.isIn(folder)) {
            System.err.println("There is no chunking benchmark in " + folder + " (--data names another folder).");
            return 1;
        }
        ChunkingSet set = read(folder);
        return target.measure(progress, suite -> measure(suite, set.sample(questions, seed), variants));
    }

    private ChunkingSet read(Path folder) throws IOException {
        ChunkingSet set = ChunkingSet.read(folder, corpora.contains(ALL) ? List.of() : corpora);
        if (!corpora.contains(ALL) && set.corpora().size() < corpora.size()) {
            throw usage("--corpora names %s, of which only %s are there"
                    .formatted(
                            corpora,
                            set.corpora().stream().map(ChunkingSet.Corpus::name).toList()));
        }
        return set;
    }

    private void measure(SuiteClient suite, ChunkingSet set, List<Variant> variants) throws IOException {
        ChunkingQuality quality = new ChunkingQuality(suite, progress, set, topK, mode);
        for (Variant variant : variants) {
            quality.measure(variant);
        }
        System.out.printf(
                "Top %d of %s search, %d questions (seed %d) about %s; percent, counted in letters and digits:%n%n%s%n",
                topK,
                mode.wireName(),
                set.questions().size(),
                seed,
                set.corpora().stream().map(ChunkingSet.Corpus::name).collect(Collectors.joining(", ")),
                quality.table());
        if (target.json() != null) {
            Json.write(target.json(), quality.figures());
        }
    }

    private List<Variant> variants() {
        Set<String> known = Variant.ALL.stream().map(Variant::strategy).collect(Collectors.toCollection(TreeSet::new));
        List<String> unknown = new ArrayList<>(strategies);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw usage("--strategies names " + unknown + ", must be of " + known);
        }
        return Variant.ALL.stream()
                .filter(variant -> strategies.isEmpty() || strategies.contains(variant.strategy()))
                .toList();
    }

    private RuntimeException usage(String message) {
        return spec == null
                ? new IllegalArgumentException(message)
                : new ParameterException(spec.commandLine(), message);
    }
}
