package quintet.encoder.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Small images, and what Pillow makes of them; {@code golden/image/pillow.py} writes it. */
final class TestImages {
    private TestImages() {}

    /** Returns the picture that the script draws too. */
    static RgbImage drawn(int width, int height) {
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        int to = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                samples[to++] = (byte) ((x * 7 + y * 3 + x * x / 5) % 256);
                samples[to++] = (byte) ((x * y + 11 * y) % 256);
                samples[to++] = (byte) ((x / 4 + y / 3) % 2 == 0 ? 250 : 3);
            }
        }
        return new RgbImage(width, height, samples);
    }

    /** Returns the lines of a golden file, each cut at its spaces. */
    static List<String[]> golden(String name) {
        try (InputStream in = TestImages.class.getResourceAsStream("/golden/image/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
