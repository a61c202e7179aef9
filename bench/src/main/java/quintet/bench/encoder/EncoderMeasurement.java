package quintet.bench.encoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import quintet.bench.data.RetrievalSet;
import quintet.bench.metric.Ratios;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.encoder.BiEncoder;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.words.WordEncoder;
import quintet.encoder.words.WordModelFolder;

/** Loads the models, lets them compete and prints the tables. */
public final class EncoderMeasurement {
    private static final String OURS = "ours";
    private static final String MODEL = "bge-small-en-v1.5-int8";
    private static final List<Integer> CLIENTS = List.of(4, 16);
    private static final int PAIR_TOKENS = 256;
    private static final int QUERIES_A_ROUND = 40;
    private static final long SEED = 7;

    /** Weights of matrices a token goes through in bge-small: 11 layers whole, of the last keys and values only. */
    private static final long WEIGHTS = 11L * (4 * 384 * 384 + 2 * 384 * 1_536) + 2L * 384 * 384;

    private final List<RetrievalSet> sets;
    private final int threads;
    private final Progress progress;
    private final Path cache;

    /**
     * Reads the retrieval sets of a folder.
     *
     * @param cache folder for unpacked models
     */
    public EncoderMeasurement(Path folder, Path cache, int threads, Progress progress) throws IOException {
        this.cache = cache;
        this.threads = threads;
        this.progress = progress;
        List<RetrievalSet> read = new ArrayList<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.filter(RetrievalSet::isIn).sorted().toList()) {
                read.add(RetrievalSet.read(child));
            }
        }
        sets = List.copyOf(read);
    }

    /**
     * Measures speed.
     *
     * @param batchTokens of ours first, then of others of ours that compete
     */
    public void speed(int rounds, int perSet, List<Integer> batchTokens, ObjectNode figures) {
        try (QuintetEncoder ours = new QuintetEncoder(OURS, MODEL, threads, batchTokens.getFirst(), cache);
                Langchain4jEncoder langchain4j = new Langchain4jEncoder(threads);
                PlainLoop loop = new PlainLoop(ours.encoder(), threads, batchTokens.getFirst());
                ProcessorPeak integers = ProcessorPeak.ofIntegers(threads);
                ProcessorPeak floats = ProcessorPeak.ofFloats(threads)) {
            EncoderTexts texts =
                    EncoderTexts.draw(sets, perSet, SEED, ours.encoder().tokenizer());
            List<Contestant> contestants = new ArrayList<>(List.of(ours, langchain4j, loop));
            batchTokens.stream()
                    .skip(1)
                    .map(tokens -> new QuintetEncoder("ours, " + tokens + " tokens", MODEL, threads, tokens, cache))
                    .forEach(contestants::add);
            describe(texts, ours.encoder());
            EncoderSpeed speed = new EncoderSpeed(contestants, texts, progress);
            List<Double> integerPeaks = new ArrayList<>();
            List<Double> floatPeaks = new ArrayList<>();
            // Once without counting: caches, lazy initialization, the Java compiler.
            new EncoderSpeed(contestants, texts, progress).round(0, 1, List.of());
            for (int round = 0; round < rounds; round++) {
                integerPeaks.add(integers.measure());
                floatPeaks.add(floats.measure());
                speed.round(round, rounds, CLIENTS);
            }
            System.out.println(speed.table(OURS, CLIENTS, figures.putObject("side by side")));
            System.out.println(peaks(
                    speed.of(EncoderSpeed.passages(), OURS),
                    tokensAPassage(texts, ours.encoder()),
                    integerPeaks,
                    floatPeaks,
                    figures));
            try (PairSpeed pairs = new PairSpeed(texts, threads, PAIR_TOKENS, cache)) {
                pairs.measure(rounds, progress);
                System.out.println(pairs.table(figures));
            }
            MixedLoad mixed = new MixedLoad(ours.encoder(), texts);
            mixed.measure(rounds, QUERIES_A_ROUND, progress);
            System.out.println(mixed.table(figures));
            contestants.stream().skip(3).forEach(contestant -> ((QuintetEncoder) contestant).close());
        }
    }

    /**
     * Measures nDCG@10.
     *
     * @param models names of shipped ones, and folders with a transformer or word vectors
     */
    public void quality(List<String> models, ObjectNode figures) {
        List<VectorSource> sources = new ArrayList<>();
        try {
            models.forEach(model -> sources.add(source(model)));
            System.out.println(new EncoderQuality(sources, progress).measure(sets, figures.putObject("quality")));
        } finally {
            sources.forEach(VectorSource::close);
        }
    }

    private VectorSource source(String model) {
        Path folder = Path.of(model);
        if (!Files.isDirectory(folder)) {
            return TransformerVectors.load(ModelPackage.ofResources("models/" + model), threads, cache);
        }
        return WordModelFolder.holdsWordVectors(folder)
                ? new MeansOfWords(WordEncoder.load(WordModelFolder.of(folder)))
                : TransformerVectors.load(ModelPackage.ofFolder(folder), threads, cache);
    }

    private static MarkdownTable peaks(
            List<Double> passagesPerSecond,
            double tokensAPassage,
            List<Double> integerPeaks,
            List<Double> floatPeaks,
            ObjectNode figures) {
        List<Double> operations = passagesPerSecond.stream()
                .map(rate -> rate * tokensAPassage * 2 * WEIGHTS)
                .toList();
        Ratios ofIntegers = new Ratios(operations, integerPeaks);
        MarkdownTable table =
                new MarkdownTable("matrix products", "10^9 operations/s, median", "share of the 8-bit peak");
        table.row("8-bit peak of the processor", billions(integerPeaks), "");
        table.row("single-precision peak", billions(floatPeaks), new Ratios(floatPeaks, integerPeaks).toString());
        table.row("ours, passages", billions(operations), ofIntegers.toString());
        figures.put("share of the 8-bit peak", ofIntegers.median());
        return table;
    }

    private static String billions(List<Double> values) {
        return String.format(
                Locale.ROOT, "%.0f", values.stream().sorted().toList().get((values.size() - 1) / 2) / 1e9);
    }

    private static double tokensAPassage(EncoderTexts texts, BiEncoder encoder) {
        return texts.passages().stream()
                .map(encoder::passage)
                .mapToInt(TokenSequence::length)
                .average()
                .orElse(0);
    }

    private static void describe(EncoderTexts texts, BiEncoder encoder) {
        System.out.printf(
                Locale.ROOT,
                "%d passages of %.0f tokens, %d queries of %.0f tokens and %d pairs, from all sets.%n%n",
                texts.passages().size(),
                tokensAPassage(texts, encoder),
                texts.queries().size(),
                texts.queries().stream()
                        .map(encoder::passage)
                        .mapToInt(TokenSequence::length)
                        .average()
                        .orElse(0),
                texts.pairs().size());
    }
}
