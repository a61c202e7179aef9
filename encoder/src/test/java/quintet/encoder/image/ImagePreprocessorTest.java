package quintet.encoder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ImagePreprocessorTest {
    private static final String TO_8 =
            "{\"size\": {\"shortest_edge\": 8}, \"crop_size\": {\"height\": 8, \"width\": 8}}";

    @Test
    void givesTheValuesOfTransformers() throws IOException {
        ImagePreprocessor preprocessor = read(TO_8);
        for (String[] line : TestImages.golden("prepared.txt")) {
            PixelValues pixels =
                    preprocessor.prepare(TestImages.drawn(Integer.parseInt(line[0]), Integer.parseInt(line[1])));
            FloatBuffer actual = FloatBuffer.allocate(pixels.count());
            pixels.putInto(actual);
            FloatBuffer expected =
                    ByteBuffer.wrap(HexFormat.of().parseHex(line[2])).asFloatBuffer();
            assertThat(actual.flip()).as("%s x %s", line[0], line[1]).isEqualTo(expected);
        }
    }

    @Test
    void tellsValuesByChannelAndPlace() throws IOException {
        RgbImage image = TestImages.drawn(8, 8);
        PixelValues pixels = read(TO_8).prepare(image);
        assertThat(pixels.at(2, 3, 5)).isEqualTo(((float) (image.sample(5, 3, 2) / 255.0) - 0.40821073f) / 0.27577711f);
    }

    @Test
    void takesAnImageOfAnyShape() throws IOException {
        assertThat(read(TO_8).prepare(TestImages.drawn(1, 100_000)).count()).isEqualTo(192);
        assertThat(read(TO_8).prepare(TestImages.drawn(100_000, 1)).count()).isEqualTo(192);
    }

    @Test
    void followsTheFile() throws IOException {
        ImagePreprocessor preprocessor = read("""
                {"feature_extractor_type": "CLIPFeatureExtractor", "do_resize": true, "resample": 3, "size": 10,
                 "crop_size": 6, "rescale_factor": 0.5, "image_mean": [1, 2, 3], "image_std": [0.5, 1, 2]}
                """);
        assertThat(preprocessor.size()).isEqualTo(6);
        PixelValues pixels = preprocessor.prepare(TestImages.drawn(10, 10));
        assertThat(pixels.at(2, 0, 0)).isEqualTo((250 * 0.5f - 3) / 2);
        assertThat(read("{}").size()).isEqualTo(224);
    }

    @Test
    void refusesWhatItWouldDoInAnotherWay() {
        refuses("{\"resample\": 2}", "resample is 2, only 3 (bicubic) is supported");
        refuses("{\"do_center_crop\": false}", "do_center_crop is false, only true is supported");
        refuses(
                "{\"size\": {\"height\": 224, \"width\": 224}}",
                "size has [height, width] of [224, 224], must be a number or have the same shortest_edge");
        refuses(
                "{\"crop_size\": {\"height\": 224, \"width\": 200}}",
                "crop_size has [height, width] of [224, 200], must be a number or have the same height and width");
        refuses("{\"size\": 200}", "crop_size is 224 and size 200, must be at least 1, at most size and at most 4096");
        refuses("{\"image_mean\": [1]}", "image_mean is [1.0], must have a value for each of red, green and blue");
        refuses("{\"image_std\": [1, 0, 1]}", "image_std is [1.0, 0.0, 1.0], must not have a 0");
        refuses("[]", "the preprocessor's file is not a JSON object");
    }

    private static void refuses(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class).hasMessage(message);
    }

    private static ImagePreprocessor read(String json) throws IOException {
        return ImagePreprocessor.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
