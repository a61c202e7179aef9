package quintet.encoder.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.encoder.EncoderOptions;
import quintet.encoder.Overflow;
import quintet.encoder.RunListener;
import quintet.encoder.TextTooLongException;
import quintet.encoder.graph.TinyClip;
import quintet.encoder.image.DataUrl;
import quintet.encoder.image.ImageLimits;
import quintet.encoder.image.ImageRefusedException;
import quintet.encoder.model.ModelException;
import quintet.encoder.work.Priority;
import quintet.encoder.work.QueueFullException;
import quintet.encoder.work.Timed;

class ClipEncoderTest {
    @TempDir
    private static Path root;

    private static TinyClip model;
    private static ClipEncoder encoder;

    @BeforeAll
    static void load() throws IOException {
        model = TinyClip.ofSeed(20_261_127);
        model.write(root.resolve("clip-tiny"), true);
        encoder = load(root.resolve("clip-tiny"), RunListener.NONE);
    }

    @AfterAll
    static void close() {
        encoder.close(Duration.ofSeconds(5));
    }

    @Test
    void givesTheVectorsOfTheReferenceInTheOrderOfTheInputs() {
        ClipInput.Text cat = encoder.text("a red cat", Overflow.REFUSE);
        ClipInput.Text dog = encoder.text("A Dog, 2 dogs", Overflow.REFUSE);
        ClipInput.Image wide = encoder.image(png(40, 17), ImageLimits.DEFAULT);
        ClipInput.Image small = encoder.image(png(3, 5), ImageLimits.DEFAULT);
        List<float[]> vectors = embed(encoder, cat, wide, dog, small, cat);
        assertClose(vectors.get(0), model.vector(cat.sequence()));
        assertClose(vectors.get(1), model.vector(wide.pixels()));
        assertClose(vectors.get(2), model.vector(dog.sequence()));
        assertClose(vectors.get(3), model.vector(small.pixels()));
        assertThat(vectors.get(4)).containsExactly(vectors.get(0));
        assertThat(encoder.dimension()).isEqualTo(TinyClip.DIMENSION);
    }

    @Test
    void takesImagesFromDataUrls() {
        byte[] image = png(9, 9);
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(image);
        ClipInput.Image fromUrl = encoder.image(DataUrl.image(url, ImageLimits.DEFAULT), ImageLimits.DEFAULT);
        assertThat(embed(encoder, fromUrl).getFirst())
                .containsExactly(embed(encoder, encoder.image(image, ImageLimits.DEFAULT))
                        .getFirst());
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThat(encoder.text("cat ".repeat(75), Overflow.REFUSE).tokens()).isEqualTo(77);
        assertThatThrownBy(() -> encoder.text("cat ".repeat(76), Overflow.REFUSE))
                .isInstanceOf(TextTooLongException.class)
                .hasMessage("the text has 78 tokens, at most 77 fit the model");
        ClipInput.Text cut = encoder.text("cat ".repeat(76), Overflow.CUT);
        assertThat(cut.tokens()).isEqualTo(77);
        assertThat(cut.sequence().truncated()).isTrue();
        assertThatThrownBy(() -> encoder.image(png(20, 20), new ImageLimits(10_000, 399)))
                .isInstanceOf(ImageRefusedException.class)
                .hasMessage("the image is 20 x 20 pixels, at most 399 are taken");
    }

    @Test
    void readsATextModelWithoutAMask() throws IOException {
        Path folder = root.resolve("without-mask");
        model.write(folder, false);
        ClipEncoder other = load(folder, RunListener.NONE);
        ClipInput.Text text = other.text("a dog", Overflow.REFUSE);
        assertThat(embed(other, text).getFirst())
                .containsExactly(embed(encoder, text).getFirst());
        assertThat(other.revision()).isNotEqualTo(encoder.revision());
        other.close(Duration.ofSeconds(5));
    }

    @Test
    void boundsWhatWaitsAndLetsQueriesOvertake() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Integer> tokens = Collections.synchronizedList(new ArrayList<>());
        ClipEncoder busy = load(root.resolve("clip-tiny"), (_, count, _) -> {
            tokens.add(count);
            running.countDown();
            if (count > 0) {
                return;
            }
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        ClipInput.Image image = busy.image(png(8, 8), ImageLimits.DEFAULT);
        List<CompletableFuture<Timed<float[]>>> results = new ArrayList<>(busy.submit(List.of(image), Priority.BULK));
        running.await();
        results.addAll(busy.submit(List.of(image, image), Priority.BULK));
        assertThatThrownBy(() -> busy.submit(List.of(image), Priority.BULK)).isInstanceOf(QueueFullException.class);
        busy.submit(List.of(busy.text("cat", Overflow.REFUSE)), Priority.INTERACTIVE)
                .getFirst()
                .join();
        assertThat(busy.waiting(Priority.BULK)).isEqualTo(2);
        release.countDown();
        results.forEach(CompletableFuture::join);
        assertThat(tokens).containsExactly(0, 3, 0, 0);
        busy.close(Duration.ofSeconds(5));
    }

    @Test
    void tellsAFolderOfClipFromAnother() throws IOException {
        assertThat(ClipFolder.holdsClip(root.resolve("clip-tiny"))).isTrue();
        assertThat(ClipFolder.holdsClip(root.resolve("absent"))).isFalse();
        Path named = Files.createDirectories(root.resolve("named"));
        assertThat(ClipFolder.holdsClip(named)).isFalse();
        Files.writeString(named.resolve("model.properties"), "vision-model=eyes.onnx");
        assertThat(ClipFolder.holdsClip(named)).isTrue();
    }

    @Test
    void takesTheOtherUsualNames() throws IOException {
        Path folder = root.resolve("other-names");
        model.write(folder, true);
        Files.move(folder.resolve("text_model.onnx"), folder.resolve("textual.onnx"));
        Files.move(folder.resolve("vision_model.onnx"), folder.resolve("visual.onnx"));
        ClipEncoder other = load(folder, RunListener.NONE);
        assertThat(other.revision()).isEqualTo(encoder.revision()).matches("[0-9a-f]{12}");
        other.close(Duration.ofSeconds(5));
    }

    @Test
    void saysHowAFolderDiffersFromItsDescription() throws IOException {
        Path folder = root.resolve("described");
        model.write(folder, true);
        refuses(folder, "dimension=512", "a text's vector has 6 values and an image's 6");
        refuses(folder, "dimension=512", "512 as described");
        refuses(folder, "dimension=many", "model described: dimension is many, must be a number");
        refuses(folder, "max-tokens=2", "model described: max-tokens is 2, must be 3 to 1024");
        refuses(folder, "text-sha256=00", "text_model.onnx is");
        refuses(folder, "vision-sha256=00", "00 is described");
        refuses(folder, "text-model=vision_model.onnx", "its inputs are");
        refuses(
                folder,
                "vision-model=text_model.onnx",
                "must lead from pixel_values of four dimensions to image_embeds");
        refuses(folder, "tokenizer=absent.json", "could not use " + folder.resolve("absent.json"));
        Files.writeString(folder.resolve("preprocessor_config.json"), "{\"size\": 16, \"crop_size\": 16}");
        refuses(folder, "name=mine", "model mine: vision_model.onnx can not be run with an image of 16 x 16 pixels");
        Files.writeString(folder.resolve("preprocessor_config.json"), "{\"resample\": 2}");
        refuses(folder, "", "preprocessor_config.json: resample is 2, only 3 (bicubic) is supported");
        Files.writeString(folder.resolve("preprocessor_config.json"), "{\"size\": 8, \"crop_size\": 8}");
        new TinyClip(100, 1).write(folder, true);
        refuses(folder, "", "text_model.onnx can not be run with 3 tokens and a vocabulary of");
    }

    private static void refuses(Path folder, String description, String message) throws IOException {
        Files.writeString(folder.resolve("model.properties"), description);
        assertThatThrownBy(() -> load(folder, RunListener.NONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    private static ClipEncoder load(Path folder, RunListener listener) {
        return ClipEncoder.load(ClipFolder.of(folder), new EncoderOptions(root.resolve("cache"), 1, 5, 2, 1, listener));
    }

    private static List<float[]> embed(ClipEncoder encoder, ClipInput... inputs) {
        return encoder.submit(List.of(inputs), Priority.INTERACTIVE).stream()
                .map(CompletableFuture::join)
                .map(Timed::value)
                .toList();
    }

    private static void assertClose(float[] actual, double[] expected) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-5));
        }
    }

    private static byte[] png(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 17 & 0xFF) << 16 | (y * 29 & 0xFF) << 8 | (x * y & 0xFF));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
