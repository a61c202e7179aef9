package quintet.bench.rewriting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import quintet.bench.data.RetrievalSet;
import quintet.bench.report.Progress;
import quintet.encoder.BiEncoder;
import quintet.encoder.EncoderOptions;
import quintet.encoder.RunListener;
import quintet.encoder.model.ModelPackage;

/** Measures what the steps before a search are worth, over the retrieval sets and the conversations of MTRAG-UN. */
public final class RewritingMeasurement {
    private static final String MODEL = "bge-small-en-v1.5-int8";
    private static final int CAPACITY = 1000;
    private static final int RUN_TOKENS = 192;

    private final Path data;
    private final Path scratch;
    private final Progress progress;

    /**
     * Prepares a measurement.
     *
     * @param data the folder of shared data, with {@code retrieval} and {@code reading}
     * @param scratch where indexes and the model are kept
     */
    public RewritingMeasurement(Path data, Path scratch, Progress progress) {
        this.data = data;
        this.scratch = scratch;
        this.progress = progress;
    }

    /**
     * Measures and prints.
     *
     * @param names sets to measure, all if there are none
     * @param queries of each set, drawn by the seed
     */
    public void run(List<String> names, int queries, long seed, ObjectNode figures, PrintStream out)
            throws IOException {
        RewritingQuality quality = new RewritingQuality(progress, figures);
        BiEncoder encoder = BiEncoder.load(
                ModelPackage.ofResources("models/" + MODEL),
                new EncoderOptions(
                        scratch.resolve("models"),
                        Runtime.getRuntime().availableProcessors(),
                        CAPACITY,
                        Integer.MAX_VALUE,
                        RUN_TOKENS,
                        RunListener.NONE));
        try {
            for (Path folder : folders(names)) {
                AskedSet set = AskedSet.of(RetrievalSet.read(folder).sample(queries, seed));
                try (SearchedSet searched = SearchedSet.of(set, scratch, encoder, progress)) {
                    quality.steps(set, searched);
                }
            }
            Path conversations = data.resolve("reading/mtrag_un/reference.jsonl");
            if (Files.isRegularFile(conversations) && (names.isEmpty() || names.contains("mtrag"))) {
                AskedSet set = AskedSet.conversations(conversations, queries, seed);
                try (SearchedSet searched = SearchedSet.of(set, scratch, encoder, progress)) {
                    quality.followUps(set, searched);
                }
            }
        } finally {
            encoder.close(Duration.ofSeconds(1));
        }
        out.println(quality);
    }

    private List<Path> folders(List<String> names) throws IOException {
        Path sets = data.resolve("retrieval");
        if (!Files.isDirectory(sets)) {
            progress.say("There is no " + sets + ".");
            return List.of();
        }
        try (Stream<Path> children = Files.list(sets)) {
            return children.filter(RetrievalSet::isIn)
                    .filter(set ->
                            names.isEmpty() || names.contains(set.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }
}
