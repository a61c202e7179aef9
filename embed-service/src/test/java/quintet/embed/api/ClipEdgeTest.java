package quintet.embed.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import quintet.embed.port.EmbeddingModel;
import quintet.encoder.graph.TinyClip;
import quintet.failure.Failure;

/** The HTTP edge over a folder with CLIP: texts and images in one request. */
@QuarkusTest
@TestProfile(ClipEdgeTest.Profile.class)
class ClipEdgeTest {
    /** The service with a drawn CLIP model, small limits and no broker. */
    public static class Profile extends EdgeProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            // A native library belongs to one class loader: that of another test may have the usual copy.
            System.setProperty("DJL_CACHE_DIR", "target/djl-clip-edge");
            Path folder = Path.of("target/clip-tiny");
            try {
                TinyClip.ofSeed(20_261_127).write(folder, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("quintet.embed.model", folder.toString());
            overrides.put("quintet.embed.images.max-pixels", "400");
            overrides.put("quintet.embed.images.max-bytes", "4K");
            return overrides;
        }
    }

    @Inject
    EmbeddingModel model;

    @Test
    void givesTextsAndImagesVectorsOfOneSpaceInTheirOrder() {
        String image = png(20, 17);
        post("a red cat", image, "a dog")
                .statusCode(200)
                .body("model", is("clip-tiny"))
                .body("data.size()", is(3));
        List<List<Float>> together = vectors("a red cat", image, "a dog");
        assertThat(together).allSatisfy(vector -> assertThat(vector).hasSize(TinyClip.DIMENSION));
        assertThat(together.get(0)).isEqualTo(vectors("a red cat").getFirst());
        assertThat(together.get(1))
                .isEqualTo(vectors(image).getFirst())
                .isNotEqualTo(vectors(png(3, 5)).getFirst());
        assertThat(together.get(2)).isEqualTo(vectors("a dog").getFirst());
    }

    @Test
    void saysWhatIsWrongWithAnImage() {
        refuses("IMAGE_TOO_LARGE", "text 1: the image is 20 x 21 pixels, at most 400 are taken", "cat", png(20, 21));
        refuses(
                "IMAGE_TOO_LARGE",
                "text 0: the image has about 6000 bytes, at most 4096 are taken",
                "data:image/png;base64," + "A".repeat(8000));
        refuses(
                "IMAGE_UNSUPPORTED_TYPE",
                "text 0: the image is image/webp, read are PNG, JPEG, GIF and BMP",
                "data:image/webp;base64,AAAA");
        post("data:image/png,AAAA").statusCode(400).body("reason", is("IMAGE_NOT_BASE64"));
        post("data:image/png").statusCode(400).body("reason", is("IMAGE_NOT_A_DATA_URL"));
        String whole = png(20, 20);
        post(whole.substring(0, whole.length() / 8 * 4))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("reason", startsWith("IMAGE_"));
    }

    @Test
    void refusesOrCutsATextThatDoesNotFit() {
        refuses("TEXT_TOO_LONG", "text 1 has 78 tokens, at most 77 fit clip-tiny", "cat", "cat ".repeat(76));
        given().contentType("application/json")
                .body(Map.of("input", "cat ".repeat(76), "truncate", true))
                .post("/v1/embeddings")
                .then()
                .statusCode(200)
                .body("usage.prompt_tokens", is(77))
                .body("data[0].truncated", is(true));
    }

    @Test
    void readsADataUrlInADocumentAsText() {
        assertThat(model.maxPassageTokens()).isEqualTo(75);
        try {
            model.embedWhenRoom(List.of(png(20, 20)));
        } catch (Failure e) {
            assertThat(e.reason()).isEqualTo("TEXT_TOO_LONG");
            return;
        }
        throw new AssertionError("a passage was read as an image");
    }

    @Test
    void saysInItsHealthWhichModelItIs() {
        given().get("/q/health/ready").then().body("checks.data.model", hasItem("clip-tiny"));
    }

    private static void refuses(String reason, String detail, String... input) {
        post(input).statusCode(400).body("reason", is(reason)).body("detail", is(detail));
    }

    private static List<List<Float>> vectors(String... input) {
        List<List<Float>> vectors = new ArrayList<>();
        for (Map<String, List<Float>> entry : post(input).extract().<List<Map<String, List<Float>>>>path("data")) {
            vectors.add(entry.getOrDefault("embedding", List.of()));
        }
        return vectors;
    }

    private static ValidatableResponse post(String... input) {
        return given().contentType("application/json")
                .body(Map.of("input", input))
                .post("/v1/embeddings")
                .then();
    }

    /** Returns a picture of stripes as a data URL. */
    private static String png(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 29 << 16) | (y * 31 << 8) | (x * y * 7));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            assertThat(ImageIO.write(image, "png", out)).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
    }
}
