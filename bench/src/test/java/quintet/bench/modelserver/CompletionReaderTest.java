package quintet.bench.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CompletionReaderTest {
    private final AtomicLong clock = new AtomicLong();
    private final CompletionReader reader = new CompletionReader(clock::get);

    private void at(long milliseconds, String line) {
        clock.set(milliseconds * 1_000_000);
        reader.line(line);
    }

    @Test
    void takesTheTimesOfAChat() {
        at(5, "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}");
        at(20, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}");
        at(20, "");
        at(30, "data: {\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":null}]}");
        at(45, "data: {\"choices\":[{\"delta\":{\"content\":\"c\"},\"finish_reason\":\"length\"}]}");
        at(46, "data: {\"choices\":[],\"usage\":{\"completion_tokens\":7}}");
        at(50, "data: [DONE]");
        Completion completion = reader.end();
        assertThat(completion.ok()).isTrue();
        assertThat(completion.firstToken()).isEqualTo(Duration.ofMillis(20));
        assertThat(completion.gaps()).containsExactly(Duration.ofMillis(10), Duration.ofMillis(15));
        assertThat(completion.tokens()).isEqualTo(7);
        assertThat(completion.total()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void aServerThatDoesNotCountIsCountedByPieces() {
        at(1, "data: {\"choices\":[{\"text\":\"a\"}]}");
        at(2, "data: {\"choices\":[{\"text\":\"b\",\"finish_reason\":\"stop\"}]}");
        assertThat(reader.end().tokens()).isEqualTo(2);
    }

    @Test
    void aStreamThatBreaksOffIsNotWhole() {
        at(1, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}");
        assertThat(reader.end().ok()).isFalse();
    }
}
