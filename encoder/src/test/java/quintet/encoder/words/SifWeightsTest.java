package quintet.encoder.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.encoder.model.ModelException;

class SifWeightsTest {
    @TempDir
    private Path folder;

    private WordVectors vectors;

    @BeforeEach
    void read() throws IOException {
        vectors =
                WordVectors.read(Files.writeString(folder.resolve("vectors.txt"), "the 1 0\ncat 0 1\nnew york 1 1\n"));
    }

    @Test
    void estimatesProbabilitiesByZipfsLaw() {
        // H = 1 + 1/2 + 1/3 = 11/6, so p is 6/11, 3/11 and 2/11.
        SifWeights weights = SifWeights.ofRanks(vectors);
        assertThat(weights.of(0)).isCloseTo(0.001829978f, within(1e-9f));
        assertThat(weights.of(1)).isCloseTo(0.003653271f, within(1e-9f));
        assertThat(weights.of(2)).isCloseTo(0.005469915f, within(1e-9f));
    }

    @Test
    void takesProbabilitiesFromCounts() throws IOException {
        // Of 1000 words 900 are "the" and 90 "cat"; the third word of the vectors is not among them.
        SifWeights weights = SifWeights.ofFrequencies(vectors, counts("the 900\ncat\t40\nunicorn 10\ncat 50\n"));
        assertThat(weights.of(0)).isCloseTo(0.001f / 0.901f, within(1e-9f));
        assertThat(weights.of(1)).isCloseTo(0.001f / 0.091f, within(1e-8f));
        assertThat(weights.of(2)).isEqualTo(1);
        assertThat(SifWeights.ofFrequencies(vectors, counts("new york 1\nthe 999\n"))
                        .of(2))
                .isEqualTo(0.5f);
    }

    @Test
    void refusesWhatIsNoCount() {
        assertThatThrownBy(() -> SifWeights.ofFrequencies(vectors, counts("the 900\ncat many\n")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("counts.txt, line 2 is \"cat many\", must be a word and its count");
        assertThatThrownBy(() -> SifWeights.ofFrequencies(vectors, counts("the -1\n")))
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> SifWeights.ofFrequencies(vectors, counts("the 0\n")))
                .hasMessageContaining("counts no word");
        assertThatThrownBy(() -> SifWeights.ofFrequencies(vectors, folder.resolve("absent")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("absent");
    }

    private Path counts(String content) throws IOException {
        return Files.writeString(folder.resolve("counts.txt"), content);
    }
}
