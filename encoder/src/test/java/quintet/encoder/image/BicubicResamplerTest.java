package quintet.encoder.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import quintet.encoder.image.BicubicResampler.Part;

class BicubicResamplerTest {
    @Test
    void givesWhatTheKernelGivesByHand() {
        // At a distance of 1/4, 3/4 and 5/4 the kernel is 0.8671875, 0.2265625 and -0.0703125; divided by their sum,
        // the
        // weights of the first pixel are 1.0882 and -0.0882, those of the second 0.7929 and 0.2071, and so on mirrored.
        RgbImage two = new RgbImage(2, 1, new byte[] {100, 100, 100, (byte) 200, (byte) 200, (byte) 200});
        RgbImage four = BicubicResampler.resize(two, new Part(4, 0, 4), new Part(1, 0, 1));
        assertThat(red(four)).containsExactly(91, 121, 179, 209);
    }

    @Test
    void looksAtAllPixelsWhenItShrinks() {
        byte[] samples = new byte[64 * 3];
        for (int x = 0; x < 64; x += 16) {
            samples[3 * x] = (byte) 160;
        }
        RgbImage small = BicubicResampler.resize(new RgbImage(64, 1, samples), new Part(4, 0, 4), new Part(1, 0, 1));
        assertThat(Arrays.stream(red(small)).boxed()).allMatch(value -> value > 5 && value < 15);
    }

    @Test
    void keepsWithinTheScale() {
        byte[] edge = {0, 0, 0, (byte) 255, (byte) 255, (byte) 255};
        RgbImage wide = BicubicResampler.resize(new RgbImage(2, 1, edge), new Part(8, 0, 8), new Part(1, 0, 1));
        assertThat(red(wide)).startsWith(0, 0).endsWith(255, 255).isSorted();
    }

    @Test
    void givesTheBytesOfPillow() {
        for (String[] line : TestImages.golden("resized.txt")) {
            int width = Integer.parseInt(line[2]);
            int height = Integer.parseInt(line[3]);
            RgbImage image = TestImages.drawn(Integer.parseInt(line[0]), Integer.parseInt(line[1]));
            RgbImage resized = BicubicResampler.resize(image, new Part(width, 0, width), new Part(height, 0, height));
            assertThat(HexFormat.of().formatHex(resized.samples()))
                    .as("%s x %s to %d x %d", line[0], line[1], width, height)
                    .isEqualTo(line[4]);
        }
    }

    @Test
    void givesTheSameForAPartAsForTheWhole() {
        RgbImage image = TestImages.drawn(57, 43);
        RgbImage whole = BicubicResampler.resize(image, new Part(31, 0, 31), new Part(22, 0, 22));
        RgbImage part = BicubicResampler.resize(image, new Part(31, 9, 11), new Part(22, 14, 8));
        for (int y = 0; y < part.height(); y++) {
            for (int x = 0; x < part.width(); x++) {
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    assertThat(part.sample(x, y, channel)).isEqualTo(whole.sample(x + 9, y + 14, channel));
                }
            }
        }
    }

    private static int[] red(RgbImage row) {
        int[] values = new int[row.width()];
        for (int x = 0; x < values.length; x++) {
            values[x] = row.sample(x, 0, 0);
        }
        return values;
    }
}
