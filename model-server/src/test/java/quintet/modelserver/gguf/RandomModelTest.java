package quintet.modelserver.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomModelTest {
    @TempDir
    Path folder;

    private Path write(RandomModel model) {
        Path file = folder.resolve("m.gguf");
        model.write(file);
        return file;
    }

    @Test
    void theHeaderSaysWhatItIs() throws IOException {
        assertThat(GgufHeader.read(write(RandomModel.tiny(5)))).isEqualTo(new GgufHeader(3, "llama", "random-5"));
        assertThat(GgufHeader.read(write(RandomModel.tiny(5).withArchitecture("qwen3")))
                        .architecture())
                .isEqualTo("qwen3");
    }

    @Test
    void equalSeedsGiveEqualFiles() throws IOException {
        byte[] one = Files.readAllBytes(write(RandomModel.tiny(5)));
        assertThat(Files.readAllBytes(write(RandomModel.tiny(5)))).isEqualTo(one);
        assertThat(Files.readAllBytes(write(RandomModel.tiny(6)))).isNotEqualTo(one);
    }

    @Test
    void aHeaderCutOffAnywhereIsDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(write(RandomModel.tiny(5)));
        Path file = folder.resolve("cut.gguf");
        for (int length = 0; length < 60; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> GgufHeader.read(file))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void randomDamageNeverEndsInAnythingButASentence() throws IOException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = Arrays.copyOf(Files.readAllBytes(write(RandomModel.tiny(5))), 4096);
        Path file = folder.resolve("damaged.gguf");
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j < 4; j++) {
                damaged[random.nextInt(200)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            try {
                GgufHeader.read(file);
            } catch (IOException expected) {
                assertThat(expected).as("seed %d", seed).hasMessageContaining(file.toString());
            }
        }
    }

    @Test
    void oldVersionsAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(write(RandomModel.tiny(5)));
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 1);
        Path file = Files.write(folder.resolve("old.gguf"), whole);
        assertThatThrownBy(() -> GgufHeader.read(file)).hasMessageContaining("version 1, must be 2 or 3");
    }
}
