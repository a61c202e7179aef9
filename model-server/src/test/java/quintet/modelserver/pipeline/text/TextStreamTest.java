package quintet.modelserver.pipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextStreamTest {
    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void aCharacterWaitsUntilItIsWhole() {
        TextStream stream = new TextStream(List.of());
        byte[] smile = "🙂".getBytes(StandardCharsets.UTF_8);
        assertThat(stream.add(bytes(smile[0]))).isEmpty();
        assertThat(stream.add(bytes(smile[1], smile[2]))).isEmpty();
        assertThat(stream.add(bytes(smile[3], 'x'))).isEqualTo("🙂x");
        assertThat(stream.end()).isEmpty();
    }

    @Test
    void whatIsNoTextIsReplaced() {
        TextStream stream = new TextStream(List.of());
        assertThat(stream.add(bytes(0xff, 'a'))).isEqualTo("\ufffda");
        assertThat(stream.add(bytes(0xe6, 0x9d))).isEmpty();
        assertThat(stream.end()).isEqualTo("\ufffd");
    }

    @Test
    void piecesOfAnySizeGiveTheSameText() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] text = "Grüße aus 東京 🙂🙃, ½ €".repeat(10).getBytes(StandardCharsets.UTF_8);
        TextStream stream = new TextStream(List.of("never"));
        StringBuilder got = new StringBuilder();
        for (int at = 0; at < text.length; ) {
            int length = Math.min(text.length - at, 1 + random.nextInt(5));
            String piece = stream.add(java.util.Arrays.copyOfRange(text, at, at + length));
            assertThat(piece).as("seed %d", seed).doesNotContain("\ufffd");
            got.append(piece);
            at += length;
        }
        assertThat(got + stream.end()).as("seed %d", seed).isEqualTo(new String(text, StandardCharsets.UTF_8));
    }

    private static String feed(TextStream stream, String... pieces) {
        StringBuilder text = new StringBuilder();
        for (String piece : pieces) {
            text.append(stream.add(piece.getBytes(StandardCharsets.UTF_8)));
        }
        return text.toString();
    }

    @Test
    void aStopTextMayComeInPieces() {
        TextStream stream = new TextStream(List.of("\n\n", "END"));
        assertThat(feed(stream, "one", "\n", "two E", "N")).isEqualTo("one\ntwo ");
        assertThat(stream.stopped()).isFalse();
        assertThat(feed(stream, "D of it")).isEmpty();
        assertThat(stream.stopped()).isTrue();
        assertThat(feed(stream, "more") + stream.end()).isEmpty();
    }

    @Test
    void whatOnlyLookedLikeAStopTextIsSentInTheEnd() {
        TextStream stream = new TextStream(List.of("END"));
        assertThat(feed(stream, "the E", "N")).isEqualTo("the ");
        assertThat(stream.end()).isEqualTo("EN");
    }

    @Test
    void theFirstStopTextCounts() {
        TextStream stream = new TextStream(List.of("later", "now"));
        assertThat(feed(stream, "right now or later")).isEqualTo("right ");
    }
}
