package quintet.encoder.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.encoder.model.ModelException;

class WordModelFolderTest {
    /** What {@code sha256sum} gives for {@code vectors.txt}. */
    private static final String SHA256 = "de179a3d758395c284a400bbf4d7f6f1cda04c9a8e06acf2bdb4c277d3b0bd50";

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = Files.createDirectory(root.resolve("small-words"));
        Files.writeString(folder.resolve("vectors.txt"), "the 1 0\ncat 0 1\n");
    }

    @Test
    void needsNoDescription() {
        WordEncoder encoder = load();
        assertThat(encoder.descriptor())
                .isEqualTo(new WordModelDescriptor(
                        "small-words",
                        "vectors.txt",
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        "unknown"));
        assertThat(encoder.revision()).isEqualTo(SHA256.substring(0, 12));
    }

    @Test
    void takesWhatIsDescribed() throws IOException {
        Files.move(folder.resolve("vectors.txt"), folder.resolve("glove.txt"));
        describe("name=glove\nvectors=glove.txt\nsha256=" + SHA256.toUpperCase() + "\ndimension=2 \nlicence=PDDL-1.0");
        WordEncoder encoder = load();
        assertThat(encoder.descriptor().name()).isEqualTo("glove");
        assertThat(encoder.descriptor().licence()).isEqualTo("PDDL-1.0");
        assertThat(encoder.descriptor().dimension()).isEqualTo(2);
        assertThat(encoder.vectors().size()).isEqualTo(2);
    }

    @Test
    void findsABinaryFile() throws IOException {
        byte[] binary = TestVectors.binary(WordVectors.read(folder.resolve("vectors.txt")), true);
        Files.delete(folder.resolve("vectors.txt"));
        Files.write(folder.resolve("vectors.bin.gz"), TestVectors.gzip(binary));
        assertThat(load().encode("cat").vector()).containsExactly(0, 1);
    }

    @Test
    void givesAnotherRevisionToAModelThatGivesOtherVectors() throws IOException {
        Files.writeString(folder.resolve("counts.txt"), "the 9\ncat 1\n");
        Files.writeString(folder.resolve("common.txt"), "1 0");
        String plain = load().revision();
        describe("frequencies=counts.txt");
        WordEncoder counted = load();
        describe("common-component=common.txt");
        WordEncoder reduced = load();
        assertThat(counted.encode("the cat").vector()[0]).isLessThan(0.2f);
        assertThat(reduced.encode("the cat").vector()).containsExactly(0, 1);
        Files.writeString(folder.resolve("common.txt"), "0 1");
        String otherwise = load().revision();
        assertThat(new String[] {plain, counted.revision(), reduced.revision(), otherwise})
                .doesNotHaveDuplicates()
                .allMatch(revision -> revision.matches("[0-9a-f]{12}"));
    }

    @Test
    void saysHowAFolderDiffersFromItsDescription() throws IOException {
        refuses("dimension=300", "model small-words: its vectors have 2 dimensions, 300 are described");
        refuses("dimension=two", "model small-words: dimension is two, must be a number");
        refuses("dimension=-1", "model small-words: dimension is -1, must be at most 4096, or 0 for any");
        refuses("sha256=00", "model small-words: sha256 is 00, must be 64 hexadecimal digits");
        refuses(
                "name=mine\nsha256=" + "0".repeat(64),
                "model mine: the SHA-256 of " + folder.resolve("vectors.txt") + " is " + SHA256 + ", 0000");
        refuses("vectors=other.txt", "other.txt");
        refuses("frequencies=counts.txt", "counts.txt");
        refuses("common-component=common.txt", "common.txt");
        refuses("name=\\u00zz", "could not read model.properties of model " + folder);
        Files.writeString(folder.resolve("common.txt"), "1 0 0");
        refuses("common-component=common.txt", "has 3 values and length 1.0, must have 2 values");
        Files.delete(folder.resolve("vectors.txt"));
        refuses("name=mine", "has none of vectors.txt, vectors.bin, vectors.txt.gz, vectors.bin.gz");
    }

    @Test
    void tellsAFolderOfWordVectorsFromAnother() throws IOException {
        assertThat(WordModelFolder.holdsWordVectors(folder)).isTrue();
        Files.move(folder.resolve("vectors.txt"), folder.resolve("glove.txt"));
        assertThat(WordModelFolder.holdsWordVectors(folder)).isFalse();
        describe("vectors=glove.txt");
        assertThat(WordModelFolder.holdsWordVectors(folder)).isTrue();
        assertThat(WordModelFolder.holdsWordVectors(root.resolve("absent"))).isFalse();
    }

    private void refuses(String description, String message) throws IOException {
        describe(description);
        assertThatThrownBy(this::load).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }

    private void describe(String description) throws IOException {
        Files.writeString(folder.resolve("model.properties"), description);
    }

    private WordEncoder load() {
        return WordEncoder.load(WordModelFolder.of(folder));
    }
}
