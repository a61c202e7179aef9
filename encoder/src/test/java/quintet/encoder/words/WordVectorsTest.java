package quintet.encoder.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static quintet.encoder.words.TestVectors.binary;
import static quintet.encoder.words.TestVectors.concat;
import static quintet.encoder.words.TestVectors.entry;
import static quintet.encoder.words.TestVectors.gzip;
import static quintet.encoder.words.TestVectors.utf8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.encoder.model.ModelException;

class WordVectorsTest {
    private static final String GLOVE = "king 0.5 -1.25 3e-2\nqueen 4 5 6\n";

    @TempDir
    private Path folder;

    static Stream<Arguments> formats() {
        byte[] queen = entry("queen", 4, 5, 6);
        byte[] king = entry("king", 0.5f, -1.25f, 0.03f);
        byte[] header = utf8("2 3\n");
        return Stream.of(
                arguments("GloVe", utf8(GLOVE)),
                arguments("GloVe without a last line feed", utf8(GLOVE.strip())),
                arguments("Windows lines", utf8(GLOVE.replace("\n", "\r\n"))),
                arguments(
                        "tabs, spaces at the end, empty lines", utf8("king 0.5\t-1.25 3e-2 \n\n\r\nqueen 4 5  6\n\n")),
                arguments("Word2Vec text", utf8("2 3\n" + GLOVE)),
                arguments("Word2Vec binary", concat(header, king, utf8("\n"), queen, utf8("\n"))),
                arguments("Word2Vec binary without line feeds", concat(header, king, queen)),
                arguments("a word twice", utf8(GLOVE + "king 7 8 9\n")),
                arguments("a word twice in binary", concat(utf8("3 3\n"), king, entry("king", 7, 8, 9), queen)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void readsWhatOtherProgramsWrite(String name, byte[] content) {
        for (WordVectors vectors : new WordVectors[] {read(content), read(gzip(content))}) {
            assertThat(vectors.size()).isEqualTo(2);
            assertThat(vectors.dimension()).isEqualTo(3);
            assertThat(vectors.word(0)).isEqualTo("king");
            assertThat(vectors.row("king")).isZero();
            assertThat(vectors.row("queen")).isEqualTo(1);
            assertThat(vectors.row("King")).isEqualTo(-1);
            assertThat(vectors.vector(0)).containsExactly(0.5f, -1.25f, 0.03f);
            assertThat(vectors.vector(1)).containsExactly(4, 5, 6);
        }
    }

    @Test
    void keepsWordsOfAnyCharacters() {
        String[] words = {"naïve", "東京", "\uD83D\uDE00", "a\u0085b", "no\u00A0break", ". . .", "at name@domain.com", "3"
        };
        WordVectors vectors = read(utf8("the 1 2\n" + String.join(" 1 2\n", words) + " 1 2\n"));
        assertThat(words).allSatisfy(word -> assertThat(vectors.row(word)).isPositive());
        assertThat(vectors.size()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 25, 50, 300, 4096})
    void tellsBinaryFromTextByItsContent(int dimension) {
        Random random = new Random(dimension);
        WordVectors vectors = random(random, dimension);
        assertSame(read(binary(vectors, true)), vectors);
        assertSame(read(binary(vectors, false)), vectors);
        assertSame(read(text(vectors)), vectors);
    }

    @Test
    void tellsBinaryFromTextThoughItHasALineFeedFirstAndNoControlCharacter() {
        float[] values = new float[25];
        Arrays.fill(values, Float.intBitsToFloat(0x3DC14141));
        values[0] = Float.intBitsToFloat(0x3D41410A);
        assertThat(read(concat(utf8("1 25\n"), entry("king", values))).vector(0))
                .containsExactly(values);
    }

    static Stream<Arguments> malformed() {
        byte[] king = entry("king", 1, 2, 3);
        String full = "king 1 2 3\n";
        return Stream.of(
                arguments("", "line 1 is neither a header of words and dimension nor a word with its values"),
                arguments("king\n", "line 1 is neither"),
                arguments(full + "queen 1 2\n", "line 2 has 2 values, must have 3 as line 1 has"),
                arguments(full + "\nqueen\n", "line 3 has 0 values, must have 3 as line 1 has"),
                arguments(full + "queen 1 2 3 4\n", "line 2 has more than 3 values, must have 3 as line 1 has"),
                arguments(full + " 1 2 3\n", "line 2 has no word before its values"),
                arguments(full + "queen 1 two 3\n", "line 2 has the value \"two\", must be a word and finite numbers"),
                arguments(full + "queen 1 nan 3\n", "line 2 has the value \"nan\""),
                arguments(full + "queen 1 NaN 3\n", "line 2 has the value \"NaN\""),
                arguments(full + "queen 1 -inf 3\n", "line 2 has the value \"-inf\""),
                arguments(full + "queen 1 1e99 3\n", "line 2 has the value \"1e99\""),
                arguments(full + "queen 1 2f 3\n", "line 2 has the value \"2f\""),
                arguments(full + "queen 1 0x1p3 3\n", "line 2 has the value \"0x1p3\""),
                arguments(full + "queen 1 2- 3\n", "line 2 has the value \"2-\""),
                arguments(full + "queen" + "n".repeat(300_000) + " 1 2 3\n", "line 2 is longer than 262144 bytes"),
                arguments("1 3", "ends after its header 1 3"),
                arguments("2 3\n" + full, "ends after 1 words, the header says 2"),
                arguments("1 3\n" + full + full, "line 3 is one word more than the 1 that the header says"),
                arguments("2 3\n" + full + "queen 1 2\n", "line 3 has 2 values, must have 3 as the header says"),
                arguments(
                        "2 3\n" + full + "queen 1 2 3 4\n", "line 3 has more than 3 values, must have 3 as the header"),
                arguments("0 3\n" + full, "has 0 words, must have 1 to 20000000"),
                arguments("20000001 3\n" + full, "has 20000001 words, must have 1 to 20000000"),
                arguments("999999999999999999 999999999999999999\n", "must have 1 to 20000000"),
                arguments("1 0\n" + full, "vectors have 0 dimensions, must have 1 to 4096"),
                arguments("1 4097\n" + full, "vectors have 4097 dimensions, must have 1 to 4096"),
                arguments("10000000 4000\n" + full, "are 40000000000 values, must be at most 2147483639"),
                arguments(
                        "3000000 300\n" + full, "says 3000000 words of 300 dimensions, which do not fit its 23 bytes"),
                arguments(
                        concat(utf8("2 3\n"), king, Arrays.copyOf(entry("queen", 1, 2, 3), 13)),
                        "entry 2 (queen): the file ends after 7 of the 12 bytes of its 3 values"),
                arguments(concat(utf8("2 3\n"), king, utf8("\n")), "ends before entry 2, the header says 2 words"),
                arguments(concat(utf8("2 3\n"), king, utf8("que")), "ends before entry 2, the header says 2 words"),
                arguments(
                        concat(utf8("2 3\n"), king, new byte[5000]),
                        "entry 2: no word of 1 to 4096 bytes and a space behind it"),
                arguments(concat(utf8("1 3\n"), king, king), "goes on after the 1 words that the header says"),
                arguments(
                        concat(utf8("2 3\n"), king, entry("queen", 1, Float.NaN, 3)),
                        "entry 2 (queen): value 2 is NaN, must be a finite number"),
                arguments(
                        concat(utf8("1 3\n"), entry("king", 1, 2, Float.NEGATIVE_INFINITY)),
                        "entry 1 (king): value 3 is -Infinity, must be a finite number"),
                arguments(Arrays.copyOf(gzip(utf8(GLOVE)), 30), "is it whole?"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void saysWhereAFileIsWrongAndWhatIsExpected(Object content, String message) throws IOException {
        Path file = folder.resolve("vectors");
        Files.write(file, content instanceof byte[] bytes ? bytes : utf8((String) content));
        assertThatThrownBy(() -> WordVectors.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> WordVectors.read(folder.resolve("absent")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void refusesWhatDoesNotFitTheHeap() {
        Path file = Path.of("vectors.bin");
        VectorFile.requireHeap(file, 1_000_000, 300, 1_240_000_000);
        assertThatThrownBy(() -> VectorFile.requireHeap(file, 1_000_000, 300, 1_239_999_999))
                .isInstanceOf(ModelException.class)
                .hasMessage("vectors.bin: its 1000000 words of 300 dimensions take about 1182 MiB, the heap may have "
                        + "1182 MiB (-Xmx raises it)");
    }

    private WordVectors read(byte[] content) {
        try {
            return WordVectors.read(Files.write(folder.resolve("vectors"), content));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static WordVectors random(Random random, int dimension) {
        Rows rows = new Rows(40, dimension);
        for (int word = 0; word < 40; word++) {
            for (int i = 0; i < dimension; i++) {
                rows.values()[rows.offset() + i] = (float) random.nextGaussian();
            }
            rows.keep("слово" + word);
        }
        return rows.toVectors();
    }

    private static byte[] text(WordVectors vectors) {
        StringBuilder text = new StringBuilder("%d %d\n".formatted(vectors.size(), vectors.dimension()));
        for (int row = 0; row < vectors.size(); row++) {
            text.append(vectors.word(row));
            for (float value : vectors.vector(row)) {
                text.append(' ').append(value);
            }
            text.append('\n');
        }
        return utf8(text.toString());
    }

    private static void assertSame(WordVectors actual, WordVectors expected) {
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int row = 0; row < expected.size(); row++) {
            assertThat(actual.word(row)).isEqualTo(expected.word(row));
            assertThat(actual.vector(row)).containsExactly(expected.vector(row));
        }
    }
}
