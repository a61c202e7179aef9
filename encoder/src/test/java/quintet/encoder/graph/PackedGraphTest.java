package quintet.encoder.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.encoder.BiEncoder;
import quintet.encoder.EncoderOptions;
import quintet.encoder.RunListener;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;

/** The rewritten graph against the export it is made of, in single precision, where nothing may be lost. */
class PackedGraphTest {
    private static final List<String> TEXTS = List.of(
            "What does the fitness programme pay for?",
            "PerksPlus reimburses up to $1000 a year for fitness classes and equipment.",
            "a",
            "The roots of cubic equations were found by Italian mathematicians. ".repeat(6),
            "Ελληνικά и русский 漢字 – naïve café",
            "x ".repeat(100));

    @TempDir
    private static Path folder;

    private static OnnxFile export;

    @BeforeAll
    static void readTheExport() throws IOException {
        try (InputStream in = PackedGraphTest.class.getResourceAsStream("/bge-small-en-v1.5.onnx")) {
            export = OnnxFile.read(ByteBuffer.wrap(in.readAllBytes()));
        }
    }

    @Test
    void readsFirstTokensAsTheExportDoes() throws IOException {
        assertThat(leastCosine("cls", new OutputHead.FirstToken())).isGreaterThan(0.999999);
    }

    @Test
    void readsMeansAsTheExportDoes() throws IOException {
        assertThat(leastCosine("mean", new OutputHead.Mean())).isGreaterThan(0.999999);
    }

    @Test
    void givesTheSameBitsAloneAndInAnyBatch() throws IOException {
        BiEncoder packed = load(packed("mean", new OutputHead.Mean()));
        List<TokenSequence> sequences = TEXTS.stream().map(packed::passage).toList();
        List<float[]> alone = new ArrayList<>();
        sequences.forEach(sequence -> alone.addAll(embed(packed, List.of(sequence))));
        long seed = 20261127;
        Random random = new Random(seed);
        for (int run = 0; run < 10; run++) {
            List<Integer> drawn =
                    random.ints(2 + random.nextInt(8), 0, TEXTS.size()).boxed().toList();
            List<float[]> together =
                    embed(packed, drawn.stream().map(sequences::get).toList());
            for (int i = 0; i < drawn.size(); i++) {
                assertThat(together.get(i))
                        .as("seed %d, run %d, text %d of %s", seed, run, i, drawn)
                        .containsExactly(alone.get(drawn.get(i)));
            }
        }
        packed.close(Duration.ofSeconds(5));
    }

    @Test
    void writesWhatItReads() {
        Transformer transformer = BertExport.read(export, 12);
        OnnxFile written = OnnxFile.read(ByteBuffer.wrap(
                PackedGraph.write("test", transformer, new FloatProducts(false), new OutputHead.FirstToken())));
        assertThat(written.constant("layer.3.up.product.weight").floats())
                .containsExactly(transformer.layers().get(3).up().weights().floats());
        assertThat(written.constant("layer.3.up.product.weight").shape()).containsExactly(384, 1536);
        assertThat(written.nodes())
                .extracting(OnnxFile.Node::operator)
                .contains("MultiHeadAttention", "LpNormalization");
    }

    @Test
    void refusesWhatIsNoModel() {
        assertThatThrownBy(() -> OnnxFile.read(ByteBuffer.wrap(new byte[] {1, 2, 3})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OnnxFile.read(ByteBuffer.allocate(0)))
                .hasMessage("this is no ONNX model: it has no nodes");
    }

    private static double leastCosine(String pooling, OutputHead head) throws IOException {
        BiEncoder packed = load(packed(pooling, head));
        BiEncoder plain = load(plain(pooling));
        List<float[]> expected = embed(plain, TEXTS.stream().map(plain::passage).toList());
        List<float[]> actual = embed(packed, TEXTS.stream().map(packed::passage).toList());
        packed.close(Duration.ofSeconds(5));
        plain.close(Duration.ofSeconds(5));
        double least = 1;
        for (int i = 0; i < TEXTS.size(); i++) {
            least = Math.min(least, dot(expected.get(i), actual.get(i)));
        }
        return least;
    }

    private static Path plain(String pooling) throws IOException {
        Path model = folder.resolve("plain-" + pooling);
        describe(model, pooling);
        Path file = model.resolve("model.onnx");
        if (!Files.exists(file)) {
            copy("/bge-small-en-v1.5.onnx", file);
        }
        return model;
    }

    private static Path packed(String pooling, OutputHead head) throws IOException {
        Path model = folder.resolve("packed-" + pooling);
        describe(model, pooling);
        Files.write(
                model.resolve("model.onnx"),
                PackedGraph.write("packed", BertExport.read(export, 12), new FloatProducts(false), head));
        return model;
    }

    private static void describe(Path model, String pooling) throws IOException {
        Files.createDirectories(model);
        Files.writeString(model.resolve("model.properties"), "dimension=384\npooling=" + pooling);
        if (!Files.exists(model.resolve("tokenizer.json"))) {
            copy("/bge-small-en-v1.5-tokenizer.json", model.resolve("tokenizer.json"));
        }
    }

    private static void copy(String resource, Path file) throws IOException {
        try (InputStream in = PackedGraphTest.class.getResourceAsStream(resource)) {
            Files.copy(in, file);
        }
    }

    private static BiEncoder load(Path model) {
        return BiEncoder.load(
                ModelPackage.ofFolder(model),
                new EncoderOptions(folder.resolve("cache"), 1, 64, 64, 1_024, RunListener.NONE));
    }

    private static List<float[]> embed(BiEncoder encoder, List<TokenSequence> sequences) {
        return encoder.submit(sequences, Priority.INTERACTIVE).stream()
                .map(CompletableFuture::join)
                .map(Timed::value)
                .toList();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
