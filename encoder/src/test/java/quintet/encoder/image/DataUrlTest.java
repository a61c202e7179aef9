package quintet.encoder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import quintet.encoder.image.ImageRefusedException.Reason;

class DataUrlTest {
    private static final ImageLimits LIMITS = new ImageLimits(6, 100);

    @Test
    void readsTheBytes() {
        assertThat(DataUrl.image("data:image/png;base64,AQIDBA==", LIMITS)).containsExactly(1, 2, 3, 4);
        assertThat(DataUrl.image("DATA:Image/JPG;name=a;Base64,AQIDBA", LIMITS)).containsExactly(1, 2, 3, 4);
        assertThat(DataUrl.image("data:image/bmp;base64,AQIDBAUG", LIMITS)).hasSize(6);
    }

    @Test
    void tellsImagesFromTexts() {
        assertThat(DataUrl.isImage("data:image/tiff;base64,AA==")).isTrue();
        assertThat(DataUrl.isImage("data: what is an image?")).isFalse();
        assertThat(DataUrl.isImage("")).isFalse();
    }

    @Test
    void saysWhatIsWrong() {
        refuses(
                "https://example.org/cat.png",
                Reason.NOT_A_DATA_URL,
                "must be given as data:image/<kind>;base64,<bytes>");
        refuses("data:image/png;base64", Reason.NOT_A_DATA_URL, "must be given as");
        refuses("data:text/plain;base64,AQID", Reason.NOT_A_DATA_URL, "must be given as");
        refuses("data:image/png,%89PNG", Reason.NOT_BASE64, "the image's data URL says image/png, must say ;base64");
        refuses("data:image/png;base64,AQ!D", Reason.NOT_BASE64, "the image's bytes are not base64: ");
        refuses(
                "data:image/webp;base64,AQID",
                Reason.UNSUPPORTED_TYPE,
                "the image is image/webp, read are PNG, JPEG, GIF and BMP");
        refuses(
                "data:image/png;base64," + "A".repeat(12),
                Reason.TOO_LARGE,
                "the image has about 9 bytes, at most 6 are taken");
    }

    private static void refuses(String url, Reason reason, String message) {
        assertThatThrownBy(() -> DataUrl.image(url, LIMITS))
                .isInstanceOfSatisfying(
                        ImageRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }
}
