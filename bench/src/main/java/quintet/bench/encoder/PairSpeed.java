package quintet.bench.encoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import quintet.bench.metric.Ratios;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.encoder.CrossEncoder;
import quintet.encoder.EncoderOptions;
import quintet.encoder.RunListener;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.Tokenizer;
import quintet.encoder.work.Priority;

/** Pairs a second of the rewritten cross-encoder and of the dynamically quantized one that it is made of, in the same queue, in turn. */
final class PairSpeed implements AutoCloseable {
    private static final int WINDOW = 256;
    private static final int CAPACITY = 10_000;

    private final CrossEncoder rewritten;
    private final CrossEncoder original;
    private final List<TokenSequence> pairs;
    private final List<Double> rewrittenRates = new ArrayList<>();
    private final List<Double> originalRates = new ArrayList<>();

    PairSpeed(EncoderTexts texts, int threads, int batchTokens, Path cache) {
        EncoderOptions options = new EncoderOptions(cache, threads, CAPACITY, 1, batchTokens, RunListener.NONE);
        rewritten = CrossEncoder.load(ModelPackage.ofResources("models/quintet-reader-v1-int8"), options);
        original = CrossEncoder.load(ModelPackage.ofResources("models/quintet-reader-v1"), options);
        Tokenizer tokenizer = rewritten.tokenizer();
        pairs = texts.pairs().stream()
                .map(pair -> TokenSequence.pair(
                        tokenizer,
                        tokenizer.tokenize(pair.query()).limit(WINDOW / 2),
                        tokenizer.tokenize(pair.passage()),
                        WINDOW))
                .toList();
    }

    void measure(int rounds, Progress progress) {
        for (int round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                rewrittenRates.add(rate(rewritten));
                originalRates.add(rate(original));
            } else {
                originalRates.add(rate(original));
                rewrittenRates.add(rate(rewritten));
            }
            progress.show("pairs", round + 1, rounds);
        }
    }

    MarkdownTable table(ObjectNode figures) {
        Ratios ratios = new Ratios(rewrittenRates, originalRates);
        MarkdownTable table = new MarkdownTable("cross-encoder", "pairs/s, median", "ours against it");
        table.row("ours", median(rewrittenRates), "");
        table.row("dynamically quantized, one pair a run", median(originalRates), ratios.toString());
        figures.put("pairs against dynamically quantized", ratios.median());
        return table;
    }

    private double rate(CrossEncoder encoder) {
        long begun = System.nanoTime();
        CompletableFuture<?>[] results =
                encoder.submit(pairs, Priority.INTERACTIVE).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(results).join();
        return pairs.size() / ((System.nanoTime() - begun) / 1e9);
    }

    private static String median(List<Double> values) {
        return String.format(
                Locale.ROOT, "%.1f", values.stream().sorted().toList().get((values.size() - 1) / 2));
    }

    @Override
    public void close() {
        rewritten.close(Duration.ofSeconds(5));
        original.close(Duration.ofSeconds(5));
    }
}
