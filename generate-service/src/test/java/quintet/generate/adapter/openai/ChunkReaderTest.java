package quintet.generate.adapter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.failure.Failure;
import quintet.generate.model.Completion;
import quintet.generate.model.FinishReason;
import quintet.generate.model.Usage;

class ChunkReaderTest {
    private final List<Completion> seen = new ArrayList<>();
    private final ChunkReader reader = new ChunkReader(seen::add);

    @Test
    void passesTextOnAndNotWhatTheModelThinks() {
        read("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}");
        read("{\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}");
        read("{\"choices\":[{\"delta\":{\"content\":null,\"reasoning\":\"hm\"}}]}");
        read("{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}],\"usage\":null}");
        read("{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}");
        read("{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}");
        read("[DONE]");
        assertThat(reader.done()).isTrue();
        assertThat(seen).containsExactly(new Completion.Delta("Hi"));
        assertThat(reader.finished()).isEqualTo(new Completion.Finished(FinishReason.LENGTH, new Usage(7, 2)));
    }

    @Test
    void takesAnAnnouncedEndWithoutAReason() {
        read("{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}");
        read(" [DONE] ");
        assertThat(reader.finished()).isEqualTo(new Completion.Finished(FinishReason.STOP, Usage.NONE));
    }

    @Test
    void takesAStreamThatOnlyStopsForABrokenOne() {
        read("{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}");
        assertThatThrownBy(reader::finished).isInstanceOf(Failure.class).hasMessageContaining("broke off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"engine dead\",\"code\":500}}",
                "{\"error\":\"engine dead\"}",
                "{\"object\":\"error\",\"message\":\"engine dead\"}"
            })
    void failsWithTheServersOwnError(String event) {
        assertThatThrownBy(() -> read(event)).isInstanceOf(Failure.class).hasMessageContaining("engine dead");
    }

    @Test
    void failsOnWhatIsNoJson() {
        assertThatThrownBy(() -> read("<html>")).isInstanceOf(Failure.class).hasMessageContaining("no JSON");
    }

    private void read(String data) {
        byte[] bytes = data.getBytes(UTF_8);
        reader.read(bytes, bytes.length);
    }
}
