package quintet.encoder.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import quintet.encoder.model.ModelCache;
import quintet.encoder.model.ModelDescriptor;
import quintet.encoder.model.ModelFile;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.onnx.Head;
import quintet.encoder.onnx.OnnxModel;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.Tokenizer;

/**
 * Runs real texts through the single-precision graph and writes down how large its activations become: {@code Calibrate <folder of the
 * rewriting> <place of the model among the resources> <folder of retrieval sets>}. Run by hand when a model is added; what it writes is
 * checked in.
 */
public final class Calibrate {
    private static final int PASSAGES_PER_SET = 60;
    private static final int QUERIES_PER_SET = 20;
    private static final int MAX_PAIR_TOKENS = 256;

    private Calibrate() {}

    /** Writes {@code ranges.txt} beside the description of the rewriting. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException(
                    "usage: Calibrate <folder of the rewriting> <place of the model among the resources> <folder of retrieval sets>");
        }
        Rewrite rewrite = Rewrite.of(Path.of(arguments[0]));
        ModelPackage model = ModelPackage.ofResources(arguments[1]);
        List<TokenSequence> sequences = new ArrayList<>();
        for (RetrievalSet set : RetrievalSet.readAll(Path.of(arguments[2])).values()) {
            sequences.addAll(
                    rewrite.head().readsPairs()
                            ? pairs(set, model.tokenizer())
                            : texts(set, model.descriptor(), model.tokenizer()));
        }
        observe(rewrite, sequences).write(rewrite.ranges());
        System.out.printf("%d sequences observed, %s written%n", sequences.size(), rewrite.ranges());
    }

    private static ActivationRanges observe(Rewrite rewrite, List<TokenSequence> sequences) throws IOException {
        ActivationRanges ranges = new ActivationRanges();
        Head<Boolean> head = (outputs, _) -> {
            for (int layer = 0; layer < rewrite.transformer().layers().size(); layer++) {
                for (Site site : Site.values()) {
                    ranges.observe(site.of(layer), outputs.floats(site.of(layer)), channels(rewrite, layer, site));
                }
            }
            return List.of(true);
        };
        Path scratch = Files.createTempDirectory("quintet-calibration");
        Path file = Files.write(scratch.resolve("observed.onnx"), rewrite.observed());
        try (OnnxModel model =
                OnnxModel.load("observed", new ModelFile(file, "observed", false), new ModelCache(scratch))) {
            Function<List<TokenSequence>, List<Boolean>> run = model.newRunner(head);
            for (TokenSequence sequence : sequences) {
                List<Boolean> _ = run.apply(List.of(sequence));
            }
        } finally {
            delete(scratch);
        }
        return ranges;
    }

    private static int channels(Rewrite rewrite, int layer, Site site) {
        Transformer.Layer weights = rewrite.transformer().layers().get(layer);
        return switch (site) {
            case QKV -> weights.qkv().in();
            case OUTPUT -> weights.output().in();
            case UP -> weights.up().in();
            case DOWN -> weights.down().in();
        };
    }

    private static List<TokenSequence> texts(RetrievalSet set, ModelDescriptor descriptor, Tokenizer tokenizer) {
        Stream<String> passages = spread(List.copyOf(set.passages().values()), PASSAGES_PER_SET)
                .map(text -> descriptor.passagePrefix() + text);
        Stream<String> queries = spread(List.copyOf(set.queries().values()), QUERIES_PER_SET)
                .map(text -> descriptor.queryPrefix() + text);
        return Stream.concat(passages, queries)
                .map(text ->
                        TokenSequence.single(tokenizer, tokenizer.tokenize(text).limit(descriptor.maxTokens() - 2)))
                .toList();
    }

    /** Each query with a passage that answers it and with one that, almost surely, does not. */
    private static List<TokenSequence> pairs(RetrievalSet set, Tokenizer tokenizer) {
        List<String> others =
                spread(List.copyOf(set.passages().values()), QUERIES_PER_SET).toList();
        List<RetrievalSet.Pair> relevant = spread(set.pairs(), QUERIES_PER_SET).toList();
        List<TokenSequence> sequences = new ArrayList<>();
        for (int i = 0; i < relevant.size(); i++) {
            String query = relevant.get(i).query();
            sequences.add(pair(tokenizer, query, relevant.get(i).passage()));
            sequences.add(pair(tokenizer, query, others.get(i % others.size())));
        }
        return sequences;
    }

    private static TokenSequence pair(Tokenizer tokenizer, String query, String passage) {
        return TokenSequence.pair(
                tokenizer,
                tokenizer.tokenize(query).limit(MAX_PAIR_TOKENS / 2),
                tokenizer.tokenize(passage),
                MAX_PAIR_TOKENS);
    }

    /** At most {@code count} of the items, at equal distances. */
    private static <T> Stream<T> spread(List<T> items, int count) {
        int step = Math.max(1, items.size() / count);
        return Stream.iterate(0, i -> i < items.size(), i -> i + step)
                .map(items::get)
                .limit(count);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
