package quintet.encoder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import quintet.encoder.image.ImageRefusedException.Reason;

class ImageDecoderTest {
    private static final ImageLimits LIMITS = new ImageLimits(10_000, 1_000_000);

    @Test
    void givesThePixelsOfPillow() {
        for (String[] line : TestImages.golden("decoded.txt")) {
            RgbImage image = ImageDecoder.decode(Base64.getDecoder().decode(line[1]), LIMITS);
            byte[] expected = HexFormat.of().parseHex(line[2]);
            // The two libraries round differently on the way from frequencies to colours.
            int tolerance = line[0].endsWith(".jpg") ? 3 : 0;
            assertThat(image.width()).isEqualTo(7);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Math.abs((image.samples()[i] & 0xFF) - (expected[i] & 0xFF)))
                        .as("%s, sample %d of %s", line[0], i, HexFormat.of().formatHex(image.samples()))
                        .isLessThanOrEqualTo(tolerance);
            }
        }
    }

    @Test
    void checksTheSizeBeforeItDecodes() throws IOException {
        // A header that promises ten thousand million pixels and has none: decoding would fail, or take all memory.
        refuses(
                pngHeader(100_000, 100_000),
                LIMITS,
                Reason.TOO_LARGE,
                "the image is 100000 x 100000 pixels, at most 1000000 are taken");
        refuses(
                golden("rgb.png"),
                new ImageLimits(10_000, 34),
                Reason.TOO_LARGE,
                "the image is 7 x 5 pixels, at most 34");
        assertThat(ImageDecoder.decode(golden("rgb.png"), new ImageLimits(10_000, 35))
                        .height())
                .isEqualTo(5);
        refuses(golden("rgb.png"), new ImageLimits(109, 35), Reason.TOO_LARGE, "bytes, at most 109 are taken");
    }

    @Test
    void refusesWhatIsNoImageOfAKindThatItReads() {
        refuses(
                "<svg/>".getBytes(),
                LIMITS,
                Reason.UNSUPPORTED_TYPE,
                "the 6 bytes are no image of a kind that is read");
        refuses(new byte[0], LIMITS, Reason.UNSUPPORTED_TYPE, "which are PNG, JPEG, GIF and BMP");
        refuses(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0}, LIMITS, Reason.UNSUPPORTED_TYPE, "the 8 bytes are no image");
    }

    @Test
    void refusesWhatIsCutShort() {
        for (String[] line : TestImages.golden("decoded.txt")) {
            byte[] image = Base64.getDecoder().decode(line[1]);
            if (line[0].equals("animated.gif")) {
                continue;
            }
            for (int length : new int[] {image.length / 2, image.length * 2 / 3}) {
                assertThatThrownBy(() -> ImageDecoder.decode(Arrays.copyOf(image, length), LIMITS))
                        .as("%d of %d bytes of %s", length, image.length, line[0])
                        .isInstanceOfSatisfying(
                                ImageRefusedException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
            }
        }
    }

    @Test
    void followsTheMarkersOfAJpeg() {
        byte[] jpeg = golden("progressive.jpg");
        byte[] photo = withSegment(jpeg, 0xE1, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9});
        assertThat(ImageDecoder.decode(photo, LIMITS).width()).isEqualTo(7);
        // A preview within the file does not end it, and what a telephone appends does not open it again.
        refuses(
                Arrays.copyOf(photo, photo.length - 2),
                LIMITS,
                Reason.DAMAGED,
                "the JPEG is cut short: it has no end marker");
        byte[] film = Arrays.copyOf(jpeg, jpeg.length + 4);
        film[jpeg.length] = (byte) 0xFF;
        film[jpeg.length + 1] = (byte) 0xDA;
        assertThat(ImageDecoder.decode(film, LIMITS).width()).isEqualTo(7);
        byte[] scans = jpeg;
        for (int i = 0; i < 100; i++) {
            scans = withSegment(scans, 0xDA, new byte[8]);
        }
        refuses(scans, LIMITS, Reason.DAMAGED, "the JPEG has more than 100 scans");
    }

    @Test
    void endsWithARefusalWhateverIsDamaged() {
        long seed = Long.getLong("quintet.test.seed", 20_261_127L);
        Random random = new Random(seed);
        for (String[] line : TestImages.golden("decoded.txt")) {
            for (int n = 0; n < 50; n++) {
                byte[] image = Base64.getDecoder().decode(line[1]);
                for (int i = 0; i < 4; i++) {
                    image[random.nextInt(image.length)] = (byte) random.nextInt();
                }
                try {
                    RgbImage decoded = ImageDecoder.decode(image, LIMITS);
                    assertThat((long) decoded.width() * decoded.height()).isLessThanOrEqualTo(LIMITS.pixels());
                } catch (ImageRefusedException e) {
                    assertThat(e).as("seed %d, %s", seed, line[0]).hasMessageMatching("(?s)the .+");
                }
            }
        }
    }

    /** Puts a segment behind the marker that opens a JPEG. */
    private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        byte[] longer = new byte[jpeg.length + content.length + 4];
        System.arraycopy(jpeg, 0, longer, 0, 2);
        longer[2] = (byte) 0xFF;
        longer[3] = (byte) marker;
        longer[5] = (byte) (content.length + 2);
        System.arraycopy(content, 0, longer, 6, content.length);
        System.arraycopy(jpeg, 2, longer, 6 + content.length, jpeg.length - 2);
        return longer;
    }

    private static void refuses(byte[] image, ImageLimits limits, Reason reason, String message) {
        assertThatThrownBy(() -> ImageDecoder.decode(image, limits))
                .isInstanceOfSatisfying(
                        ImageRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    private static byte[] golden(String name) {
        return TestImages.golden("decoded.txt").stream()
                .filter(line -> line[0].equals(name))
                .map(line -> Base64.getDecoder().decode(line[1]))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] pngHeader(int width, int height) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(chunk)) {
            out.writeBytes("IHDR");
            out.writeInt(width);
            out.writeInt(height);
            out.write(new byte[] {8, 2, 0, 0, 0});
        }
        CRC32 crc = new CRC32();
        crc.update(chunk.toByteArray());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(file)) {
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
            out.writeInt(13);
            out.write(chunk.toByteArray());
            out.writeInt((int) crc.getValue());
            out.writeInt(0);
            out.writeBytes("IDAT");
        }
        return file.toByteArray();
    }
}
