package quintet.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;

class BiEncoderTest {
    private static final String PASSAGE = "PerksPlus reimburses up to $1000 a year for fitness classes and equipment.";
    private static final String QUERY = "What does the fitness programme pay for?";
    private static final String OTHER = "The roots of cubic equations were found by Italian mathematicians.";

    @TempDir
    private static Path cache;

    private static BiEncoder bge;

    @BeforeAll
    static void load() {
        bge = BiEncoder.load(ModelPackage.ofResources("models/bge-small-en-v1.5-q"), options());
    }

    @AfterAll
    static void close() {
        bge.close(Duration.ofSeconds(5));
    }

    @Test
    void givesTheSameBitsAloneAndAmongOthers() {
        float[] alone = embed(bge, bge.passage(PASSAGE)).getFirst();
        List<float[]> among = embed(
                bge,
                bge.query(QUERY),
                bge.passage(PASSAGE),
                bge.passage(OTHER.repeat(20)),
                bge.passage(PASSAGE),
                bge.passage("a"));
        assertThat(among.get(1)).containsExactly(alone);
        assertThat(among.get(3)).containsExactly(alone);
    }

    @Test
    void givesUnitVectorsThatAreCloserForWhatBelongsTogether() {
        List<float[]> vectors = embed(bge, bge.query(QUERY), bge.passage(PASSAGE), bge.passage(OTHER));
        assertThat(vectors).allSatisfy(vector -> assertThat(dot(vector, vector)).isCloseTo(1, within(1e-6)));
        // langchain4j's own encoder over the same weights gives these; other processors round 8-bit activations
        // differently.
        assertThat(dot(vectors.get(0), vectors.get(1))).isCloseTo(0.6898, within(0.01));
        assertThat(dot(vectors.get(0), vectors.get(2))).isCloseTo(0.3972, within(0.01));
    }

    @Test
    void poolsTheMeanWhereTheModelWantsIt() {
        BiEncoder minilm = BiEncoder.load(ModelPackage.ofResources("models/all-minilm-l6-v2-q"), options());
        List<float[]> vectors = embed(minilm, minilm.query(QUERY), minilm.passage(PASSAGE), minilm.passage(OTHER));
        minilm.close(Duration.ofSeconds(5));
        assertThat(dot(vectors.get(0), vectors.get(1))).isCloseTo(0.5302, within(0.01));
        assertThat(dot(vectors.get(0), vectors.get(2))).isCloseTo(-0.0201, within(0.01));
    }

    @Test
    void putsTheInstructionInFrontOfQueriesOnly() {
        assertThat(bge.query(QUERY).length()).isEqualTo(bge.passage(QUERY).length() + 8);
    }

    @Test
    void refusesATextThatDoesNotFit() {
        assertThat(bge.passage("a ".repeat(510)).length()).isEqualTo(512);
        assertThatThrownBy(() -> bge.passage("a ".repeat(511)))
                .isInstanceOf(TextTooLongException.class)
                .hasMessage("the text has 513 tokens, at most 512 fit the model");
    }

    @Test
    void keepsWhatItUnpackedAndNothingElse() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .contains("6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4.onnx")
                    .noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void saysHowAModelInAFolderDiffersFromItsDescription(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> loadFrom(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.onnx");
        copy("/all-minilm-l6-v2-q.onnx", folder.resolve("model.onnx"));
        copy("/all-minilm-l6-v2-q-tokenizer.json", folder.resolve("tokenizer.json"));
        assertThatThrownBy(() -> loadFrom(folder)).hasMessageContaining("must give dimension and pooling");
        describe(folder, "pooling=mean\ndimension=768");
        assertThatThrownBy(() -> loadFrom(folder)).hasMessageContaining("384 dimensions, 768 are described");
        describe(folder, "pooling=mean\ndimension=384\nmax-tokens=600");
        assertThatThrownBy(() -> loadFrom(folder)).hasMessageContaining("can not be run with 600 tokens");
        describe(folder, "pooling=max\ndimension=384");
        assertThatThrownBy(() -> loadFrom(folder)).hasMessageContaining("pooling is max, must be cls, mean or none");
        describe(folder, "pooling=mean\ndimension=384\nsha256=00");
        assertThatThrownBy(() -> loadFrom(folder)).hasMessageContaining("00 is described");
        describe(folder, "pooling=mean\ndimension=384\nname=mine");
        BiEncoder mine = loadFrom(folder);
        assertThat(mine.descriptor().name()).isEqualTo("mine");
        assertThat(mine.revision()).isEqualTo("afdb6f1a0e45");
        mine.close(Duration.ofSeconds(5));
    }

    private static BiEncoder loadFrom(Path folder) {
        return BiEncoder.load(ModelPackage.ofFolder(folder), options());
    }

    private static EncoderOptions options() {
        return new EncoderOptions(cache, 2, 64, 64, 192, RunListener.NONE);
    }

    private static void describe(Path folder, String description) throws IOException {
        Files.writeString(folder.resolve("model.properties"), description);
    }

    private static void copy(String resource, Path file) throws IOException {
        try (InputStream in = BiEncoderTest.class.getResourceAsStream(resource)) {
            Files.copy(in, file);
        }
    }

    private static List<float[]> embed(BiEncoder encoder, TokenSequence... sequences) {
        return encoder.submit(List.of(sequences), Priority.INTERACTIVE).stream()
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
