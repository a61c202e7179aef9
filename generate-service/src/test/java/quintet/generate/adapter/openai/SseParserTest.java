package quintet.generate.adapter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.failure.Failure;

class SseParserTest {
    private final List<String> events = new ArrayList<>();
    private final SseParser parser =
            new SseParser(4096, (data, length) -> events.add(new String(data, 0, length, UTF_8)));

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void takesEveryEndOfALine(String end) {
        feed(String.join(
                end, "data: one", "", "data:two", "", "", ": ping", "event: token", "id: 7", "data: three", "", ""));
        assertThat(events).containsExactly("one", "two", "three");
    }

    @Test
    void joinsLinesOfDataAndKeepsAllButOneSpace() {
        feed("data: a\ndata:  b\ndata\ndata:c\n\n");
        assertThat(events).containsExactly("a\n b\n\nc");
    }

    @Test
    void passesOverAByteOrderMarkCommentsAndFieldsThatItDoesNotKnow() {
        feed("\ufeffdata: a\n\n:data: b\ndatum: c\nretry: 10\n\ndata: d\n\n");
        assertThat(events).containsExactly("a", "d");
    }

    @Test
    void leavesOutWhatDoesNotEnd() {
        feed("data: a\n\ndata: b\n");
        assertThat(events).containsExactly("a");
    }

    @Test
    void readsTheSameHoweverTheBytesAreCut() {
        byte[] whole = "\ufeffdata: {\"é\": \"日本 🚀\"}\r\n\r\n: x\r\ndata: zwei\ndata: drei\r\rdata: [DONE]\n\n"
                .getBytes(UTF_8);
        List<String> expected = List.of("{\"é\": \"日本 🚀\"}", "zwei\ndrei", "[DONE]");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<String> seen = new ArrayList<>();
            SseParser cut = new SseParser(4096, (data, length) -> seen.add(new String(data, 0, length, UTF_8)));
            for (int from = 0; from < whole.length; ) {
                int to = Math.min(whole.length, from + 1 + random.nextInt(round % 2 == 0 ? 2 : 9));
                cut.feed(Arrays.copyOfRange(whole, from, to));
                from = to;
            }
            assertThat(seen).as("seed %d, round %d", seed, round).isEqualTo(expected);
        }
    }

    @Test
    void boundsLinesAndEvents() {
        assertThatThrownBy(() -> feed("data: " + "x".repeat(5000)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("an event of more than 4096 bytes");
        SseParser other = new SseParser(100, (_, _) -> {});
        assertThatThrownBy(() -> other.feed("data: 0123456789\n".repeat(10).getBytes(UTF_8)))
                .isInstanceOf(Failure.class);
    }

    private void feed(String text) {
        parser.feed(text.getBytes(UTF_8));
    }
}
