package quintet.encoder.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordEncoderTest {
    private static final Offset<Float> ROUNDING = within(1e-6f);

    @TempDir
    private Path folder;

    @Test
    void averagesWordsByTheirWeight() throws IOException {
        // "the" weighs 0.001829978 and "cat" 0.003653271 among three words: (1, 0) and (0, 1) by that, at unit length.
        WordEmbedding embedding = encoder("the 1 0\ncat 0 1\ndog 1 1\n").encode("The cat!");
        assertThat(embedding.vector()).containsExactly(new float[] {0.4478679f, 0.8940997f}, ROUNDING);
        assertThat(embedding.knownWords()).isEqualTo(2);
        assertThat(embedding.unknownWords()).isZero();
    }

    @Test
    void countsAWordAsOftenAsItComes() throws IOException {
        // Two times 0.001829978 against 0.003653271.
        WordEmbedding embedding = encoder("the 1 0\ncat 0 1\ndog 1 1\n").encode("the cat the");
        assertThat(embedding.vector()).containsExactly(new float[] {0.7077529f, 0.7064601f}, ROUNDING);
        assertThat(embedding.tokens()).isEqualTo(3);
    }

    @Test
    void countsAndCutsByWords() throws IOException {
        WordEncoder encoder = encoder("the 1 0\ncat 0 1\n");
        String text = "The well-known cat's 1,234 \ud835\udc9c! ";
        assertThat(encoder.countWords(text)).isEqualTo(5);
        assertThat(encoder.firstWords(text, 5)).isEqualTo(text);
        assertThat(encoder.firstWords(text, 4)).isEqualTo("The well-known cat's 1,234 ");
        assertThat(encoder.firstWords(text, 2)).isEqualTo("The well-known ");
        assertThat(encoder.firstWords(text, 0)).isEmpty();
    }

    @Test
    void prefersAWordAsItIsWrittenToItsLowerCase() throws IOException {
        WordEncoder encoder = encoder("us 1 0\nUS 0 1\n");
        assertThat(encoder.encode("US").vector()).containsExactly(0, 1);
        assertThat(encoder.encode("us").vector()).containsExactly(1, 0);
        assertThat(encoder.encode("Us").vector()).containsExactly(1, 0);
    }

    @Test
    void looksForPartsOfAWordThatIsUnknown() throws IOException {
        WordEncoder encoder = encoder("king 1 0 0 0\n's 0 1 0 0\ndo 0 0 1 0\nn't 0 0 0 1\ns 9 9 9 9\nre 5 6 7 8\n");
        assertSame(encoder, "king's", "king 's");
        assertSame(encoder, "King\u2019s", "king 's");
        assertSame(encoder, "Don't", "do n't");
        assertSame(encoder, "king-do", "king do");
        assertSame(encoder, "re-king", "re king");
        // 're is not there, re is; x is neither.
        assertSame(encoder, "king're-x", "king re");
    }

    @Test
    void leavesOutWhatItDoesNotKnowAndCountsIt() throws IOException {
        WordEncoder encoder = encoder("the 1 0\ncat 0 1\n");
        WordEmbedding embedding = encoder.encode("zyx cat 123 well-unknown cat-zyx");
        assertThat(embedding.vector()).containsExactly(0, 1);
        assertThat(embedding.knownWords()).isEqualTo(2);
        assertThat(embedding.unknownWords()).isEqualTo(3);
        assertThat(embedding.tokens()).isEqualTo(5);
    }

    @Test
    void refusesATextWithoutAKnownWord() throws IOException {
        WordEncoder encoder = encoder("the 1 0\ncat 0 1\n");
        NoKnownWordException unknown =
                catchThrowableOfType(NoKnownWordException.class, () -> encoder.encode("Dogs don't purr."));
        assertThat(unknown.unknownWords()).isEqualTo(3);
        assertThat(unknown.knownWords()).isZero();
        assertThat(unknown).hasMessage("none of the text's 3 words is known to the model");
        assertThatThrownBy(() -> encoder.encode(" ... "))
                .isInstanceOf(NoKnownWordException.class)
                .hasMessage("none of the text's 0 words is known to the model");
    }

    @Test
    void refusesATextWhoseWordsSayNothing() throws IOException {
        WordEncoder encoder = encoder("<pad> 0 0\npad 0 0\ncat 0 1\n");
        assertThatThrownBy(() -> encoder.encode("pad zyx"))
                .isInstanceOf(NoKnownWordException.class)
                .hasMessage("the text's 1 known words add up to no direction, 1 more are unknown");
    }

    @Test
    void takesOutWhatTheTextsOfASampleHaveInCommon() throws IOException {
        WordEncoder plain = encoder("the 5 0 0\ncat 0 1 0\ndog 0 0 1\n");
        List<String> sample = List.of("the", "the the", "nothing known", "the the the the the the the the the cat");
        plain.commonComponent(sample).write(folder.resolve("common.txt"));
        Files.writeString(folder.resolve("model.properties"), "common-component=common.txt");
        WordEncoder encoder = WordEncoder.load(WordModelFolder.of(folder));
        assertThat(plain.encode("the cat").vector()[0]).isGreaterThan(0.9f);
        assertThat(encoder.encode("the cat").vector()).containsExactly(new float[] {0, 1, 0}, within(0.03f));
        assertThatThrownBy(() -> plain.commonComponent(List.of("nothing", "known")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no text of the sample has a known word");
    }

    @Test
    void refusesATextThatSaysOnlyWhatAllSay() throws IOException {
        Files.writeString(folder.resolve("common.txt"), "0.6 0.8");
        Files.writeString(folder.resolve("model.properties"), "common-component=common.txt");
        // As floats 0.3 and 0.4 are not quite along (0.6, 0.8): what is left of them is rounding.
        WordEncoder encoder = encoder("the 0.3 0.4\ncat 0 1\n");
        assertThatThrownBy(() -> encoder.encode("the")).isInstanceOf(NoKnownWordException.class);
        assertThat(encoder.encode("cat").vector()).containsExactly(new float[] {-0.8f, 0.6f}, ROUNDING);
    }

    private WordEncoder encoder(String vectors) throws IOException {
        Files.writeString(folder.resolve("vectors.txt"), vectors);
        return WordEncoder.load(WordModelFolder.of(folder));
    }

    /** The vectors of the text's words must add up to the sum of the given words, each looked up alone. */
    private static void assertSame(WordEncoder encoder, String text, String words) {
        SifWeights weights = SifWeights.ofRanks(encoder.vectors());
        double[] sum = new double[encoder.vectors().dimension()];
        for (String word : words.split(" ")) {
            int row = encoder.vectors().row(word);
            encoder.vectors().addTo(sum, row, weights.of(row));
        }
        double length = Math.sqrt(Arrays.stream(sum).map(value -> value * value).sum());
        float[] expected = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            expected[i] = (float) (sum[i] / length);
        }
        WordEmbedding embedding = encoder.encode(text);
        assertThat(embedding.vector()).as(text).containsExactly(expected);
        assertThat(embedding.knownWords()).isEqualTo(1);
        assertThat(embedding.unknownWords()).isZero();
    }
}
