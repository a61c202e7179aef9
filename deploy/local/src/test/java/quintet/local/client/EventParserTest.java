package quintet.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventParserTest {
    private final EventParser parser = new EventParser();

    @Test
    void readsNamedEvents() {
        assertThat(events("event: token", "data: {\"text\":\"a\"}", "", "event:done", "data:{}", ""))
                .extracting(AnswerEvent::name)
                .containsExactly("token", "done");
    }

    @Test
    void joinsDataOfSeveralLinesAndSkipsComments() {
        List<AnswerEvent> events = events(": keep-alive", "", "data: {\"text\":", "id: 7", "data: \"a\"}", "");

        assertThat(events).hasSize(1);
        assertThat(events.getFirst().name()).isEqualTo("message");
        assertThat(events.getFirst().data().path("text").asString()).isEqualTo("a");
    }

    private List<AnswerEvent> events(String... lines) {
        return List.of(lines).stream()
                .map(parser::accept)
                .flatMap(Optional::stream)
                .toList();
    }
}
