package quintet.encoder.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.encoder.TestData;

/** 5,050 words of GloVe 6B with 50 dimensions. */
class GloveTest {
    @TempDir
    private static Path folder;

    private static WordEncoder encoder;
    private static WordVectors vectors;

    @BeforeAll
    static void load() throws IOException {
        Path file = TestData.shared("word-vectors/glove.50d.5050words.txt");
        Files.copy(file, folder.resolve("vectors.txt"));
        encoder = WordEncoder.load(WordModelFolder.of(folder));
        vectors = encoder.vectors();
    }

    @Test
    void readsAllWordsAsTheyAreInTheFile() {
        assertThat(vectors.size()).isEqualTo(5_050);
        assertThat(vectors.dimension()).isEqualTo(50);
        assertThat(vectors.word(0)).isEqualTo("the");
        assertThat(vectors.vector(0)).startsWith(0.418f, 0.24968f, -0.41242f).endsWith(-0.18411f, -0.11514f, -0.78581f);
    }

    @Test
    void hasTheKnownNeighboursOfKing() {
        assertThat(nearest("king", 4)).containsExactly("prince", "queen", "ii", "emperor");
    }

    @Test
    void givesTheSameBitsFromTextAndBinary(@TempDir Path other) throws IOException {
        Files.write(other.resolve("vectors.bin.gz"), TestVectors.gzip(TestVectors.binary(vectors, true)));
        WordEncoder binary = WordEncoder.load(WordModelFolder.of(other));
        for (int row = 0; row < vectors.size(); row++) {
            assertThat(binary.vectors().word(row)).isEqualTo(vectors.word(row));
            assertThat(binary.vectors().vector(row)).containsExactly(vectors.vector(row));
        }
        String text = "The king's well-known daughter doesn't live in Paris any more.";
        assertThat(binary.encode(text).vector())
                .containsExactly(encoder.encode(text).vector());
    }

    @Test
    void bringsTogetherTextsThatShareNoWord() {
        float[] query = encoder.encode("Which doctors treat patients?").vector();
        float[] near = encoder.encode("A nurse works at the hospital.").vector();
        float[] far = encoder.encode("The team won a football match.").vector();
        assertThat(dot(query, query)).isCloseTo(1, within(1e-6));
        assertThat(dot(query, near)).isGreaterThan(dot(query, far) + 0.2);
    }

    /** The floors are what chance and a wrong reading would never reach; of the pairs only those with both words count. */
    @ParameterizedTest
    @CsvSource({"word-vectors/gensim/wordsim353.tsv, 200, 0.5"})
    void ordersPairsOfWordsAsPeopleDo(String pairs, int leastPairs, double floor) throws IOException {
        List<String[]> known = Files.readAllLines(TestData.shared(pairs)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.toLowerCase().split("\t"))
                .filter(pair -> vectors.row(pair[0]) >= 0 && vectors.row(pair[1]) >= 0)
                .toList();
        double[] people =
                known.stream().mapToDouble(pair -> Double.parseDouble(pair[2])).toArray();
        double[] model = known.stream()
                .mapToDouble(pair -> dot(
                        encoder.encode(pair[0]).vector(),
                        encoder.encode(pair[1]).vector()))
                .toArray();
        double correlation = pearson(ranks(people), ranks(model));
        System.out.printf("%s: Spearman %.3f over %d pairs%n", pairs, correlation, known.size());
        assertThat(known.size()).isGreaterThanOrEqualTo(leastPairs);
        assertThat(correlation).isGreaterThan(floor);
    }

    private static List<String> nearest(String word, int count) {
        float[] vector = encoder.encode(word).vector();
        return IntStream.range(0, vectors.size())
                .boxed()
                .filter(row -> !vectors.word(row).equals(word))
                .sorted(Comparator.comparingDouble(row -> -cosine(vector, vectors.vector(row))))
                .limit(count)
                .map(vectors::word)
                .toList();
    }

    /** Returns the rank of each value; equal values share the mean of their ranks. */
    private static double[] ranks(double[] values) {
        return Arrays.stream(values)
                .map(value -> {
                    long below =
                            Arrays.stream(values).filter(other -> other < value).count();
                    long same = Arrays.stream(values)
                            .filter(other -> other == value)
                            .count();
                    return below + (same + 1) / 2.0;
                })
                .toArray();
    }

    private static double pearson(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static double cosine(float[] a, float[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
