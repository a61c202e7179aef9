package quintet.encoder.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.encoder.BiEncoder;
import quintet.encoder.EncoderOptions;
import quintet.encoder.Overflow;
import quintet.encoder.RunListener;
import quintet.encoder.TextTooLongException;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.work.Priority;

/** A model that is told what its vectors are for, as Instructor and e5-instruct are; one of a single layer with random weights. */
class InstructedModelTest {
    private static final List<String> VOCABULARY =
            List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "find", "news", ":", "the", "cat", "sat", "##s");
    private static final int DIMENSION = 6;

    private final float[] table = weights(VOCABULARY.size() * DIMENSION, 1);
    private final float[] mixing = weights(DIMENSION * DIMENSION, 2);

    @TempDir
    private Path folder;

    private BiEncoder encoder;

    @BeforeEach
    void load() throws IOException {
        Files.write(folder.resolve("model.onnx"), model());
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
        encoder = loadWith("instruction-template={instruction}: {text}\ninstruction-pooled=false");
    }

    @AfterEach
    void close() {
        encoder.close(Duration.ofSeconds(5));
    }

    @Test
    void readsTheInstructionButLeavesItOutOfTheMean() {
        // [CLS] find news : the cat ##s [SEP], pooled from "the" on
        TokenSequence sequence = encoder.instructed("find news", "the cats", Overflow.REFUSE);
        assertThat(sequence.length()).isEqualTo(8);
        assertThat(embed(sequence)).containsExactly(pooled(4, 2, 4, 5, 6, 7, 8, 10, 3), within(1e-6f));
        assertThat(embed(sequence))
                .as("the instruction changes the vector all the same")
                .isNotEqualTo(embed(encoder.passage("the cats")));
    }

    @Test
    void poolsAllTokensOfATextWithoutInstruction() {
        assertThat(embed(encoder.passage("the cat"))).containsExactly(pooled(0, 2, 7, 8, 3), within(1e-6f));
    }

    @Test
    void poolsTheInstructionWhereTheModelWantsIt() throws IOException {
        close();
        encoder = loadWith("instruction-template={instruction}: {text}");
        assertThat(embed(encoder.instructed("find", "the cat", Overflow.REFUSE)))
                .containsExactly(pooled(0, 2, 4, 6, 7, 8, 3), within(1e-6f));
    }

    @Test
    void cutsATextAtTheWindowOnlyWhereAsked() {
        String nine = "cat cat cat cat cat cat cat cat cat";
        assertThatThrownBy(() -> encoder.passage(nine))
                .isInstanceOf(TextTooLongException.class)
                .hasMessage("the text has 11 tokens, at most 10 fit the model");
        TokenSequence cut = encoder.passage(nine, Overflow.CUT);
        assertThat(cut.length()).isEqualTo(10);
        assertThat(cut.truncated()).isTrue();
        assertThat(encoder.passage("cat", Overflow.CUT).truncated()).isFalse();
        TokenSequence instructed = encoder.instructed("find", nine, Overflow.CUT);
        assertThat(embed(instructed)).containsExactly(pooled(3, 2, 4, 6, 8, 8, 8, 8, 8, 8, 3), within(1e-6f));
    }

    @Test
    void refusesAnInstructionThatLeavesNoRoomForTheText() {
        assertThatThrownBy(() -> encoder.instructed("find ".repeat(8), "the cat", Overflow.CUT))
                .isInstanceOf(TextTooLongException.class);
    }

    @Test
    void saysWhichVectorsCanBeCut() throws IOException {
        assertThat(encoder.descriptor().canBeCutTo(6)).isTrue();
        assertThat(encoder.descriptor().canBeCutTo(3)).isFalse();
        close();
        encoder = loadWith("matryoshka=2, 4");
        assertThat(List.of(2, 4, 6)).allMatch(length -> encoder.descriptor().canBeCutTo(length));
        assertThat(List.of(0, 3, 7)).noneMatch(length -> encoder.descriptor().canBeCutTo(length));
        close();
        encoder = loadWith("matryoshka=true");
        assertThat(List.of(1, 3, 6)).allMatch(length -> encoder.descriptor().canBeCutTo(length));
        assertThat(List.of(0, 7)).noneMatch(length -> encoder.descriptor().canBeCutTo(length));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "instruction-template={text}                                       | must have {instruction} and end",
                "instruction-template={instruction}{text}.                         | must have {instruction} and end",
                "instruction-template={instruction}{text} ; instruction-pooled=no    | must be true or false",
                "instruction-template={instruction}{text} ; instruction-pooled=false ; pooling=cls | only a mean",
                "matryoshka=2,x                                                    | must be true, false or lengths",
                "matryoshka=2,7                                                    | its lengths must be 1 to 6",
            })
    void saysWhatIsWrongWithADescription(String description, String message) {
        assertThatThrownBy(() -> loadWith(description.replace(" ; ", "\n")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    private BiEncoder loadWith(String description) throws IOException {
        Files.writeString(
                folder.resolve("model.properties"),
                "name=tiny\ndimension=6\nmax-tokens=10\npooling=mean\n" + description);
        return BiEncoder.load(
                ModelPackage.ofFolder(folder),
                new EncoderOptions(folder.resolve("cache"), 1, 16, 16, 192, RunListener.NONE));
    }

    private float[] embed(TokenSequence sequence) {
        return encoder.submit(List.of(sequence), Priority.INTERACTIVE)
                .getFirst()
                .join()
                .value();
    }

    /** The layer as the graph has it, pooled and of unit length: x + softmax(x W x') x, a row a token. */
    private float[] pooled(int firstPooled, int... ids) {
        double[][] x = new double[ids.length][DIMENSION];
        for (int t = 0; t < ids.length; t++) {
            for (int i = 0; i < DIMENSION; i++) {
                x[t][i] = table[ids[t] * DIMENSION + i];
            }
        }
        double[] sum = new double[DIMENSION];
        for (int t = firstPooled; t < ids.length; t++) {
            double[] weights = new double[ids.length];
            double total = 0;
            for (int other = 0; other < ids.length; other++) {
                double score = 0;
                for (int i = 0; i < DIMENSION; i++) {
                    for (int j = 0; j < DIMENSION; j++) {
                        score += x[t][i] * mixing[i * DIMENSION + j] * x[other][j];
                    }
                }
                weights[other] = Math.exp(score);
                total += weights[other];
            }
            for (int i = 0; i < DIMENSION; i++) {
                sum[i] += x[t][i];
                for (int other = 0; other < ids.length; other++) {
                    sum[i] += weights[other] / total * x[other][i];
                }
            }
        }
        double squares = 0;
        for (double value : sum) {
            squares += value * value;
        }
        float[] unit = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            unit[i] = (float) (sum[i] / Math.sqrt(squares));
        }
        return unit;
    }

    private byte[] model() {
        GraphBuilder graph = new GraphBuilder();
        graph.input("input_ids", Tensor.Type.INT64, "1", "tokens");
        graph.input("attention_mask", Tensor.Type.INT64, "1", "tokens");
        String ids = graph.node("Reshape", "ids", List.of("input_ids", graph.vector("flat", -1)));
        String x = graph.gather("words", Tensor.of(table, VOCABULARY.size(), DIMENSION), ids);
        String queries = graph.node(
                "MatMul", "queries", List.of(x, graph.constant("mixing", Tensor.of(mixing, DIMENSION, DIMENSION))));
        String turned = graph.node("Transpose", "turned", List.of(x));
        String scores = graph.node("MatMul", "scores", List.of(queries, turned));
        String attention = graph.node("Softmax", "attention", List.of(scores), GraphBuilder.attribute("axis", -1L));
        String mixed = graph.node("MatMul", "mixed", List.of(attention, x));
        String layer = graph.node("Add", "layer", List.of(x, mixed));
        graph.node("Unsqueeze", "last_hidden_state", List.of(layer, graph.vector("batch", 0)));
        graph.output("last_hidden_state", Tensor.Type.FLOAT, "1", "tokens", Integer.toString(DIMENSION));
        return graph.toModel("tiny");
    }

    private static String tokenizer() {
        StringBuilder vocabulary = new StringBuilder();
        for (int id = 0; id < VOCABULARY.size(); id++) {
            vocabulary.append(id == 0 ? "" : ",").append("\"%s\":%d".formatted(VOCABULARY.get(id), id));
        }
        return """
                {"normalizer":{"type":"BertNormalizer"},"pre_tokenizer":{"type":"BertPreTokenizer"},
                "model":{"type":"WordPiece","vocab":{%s}}}""".formatted(vocabulary);
    }

    private static float[] weights(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
