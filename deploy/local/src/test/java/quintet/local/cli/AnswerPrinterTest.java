package quintet.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import quintet.local.client.AnswerEvent;
import tools.jackson.databind.json.JsonMapper;

class AnswerPrinterTest {
    private static final String SOURCES = """
            {"sources": [
                {"number": 2, "filename": "notes.txt", "title": "Notes"},
                {"number": 3, "filename": "", "title": "Salaries"}, {"number": 4, "documentId": "a-4", "title": ""},
                {"number": 1, "filename": "handbook.pdf", "page": 3, "title": "Handbook"}]}""";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AnswerPrinter printer =
            new AnswerPrinter(new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false));

    @Test
    void listsTheNearestSourcesWhereThereIsNoAnswer() {
        accept("sources", SOURCES);
        accept("token", "{\"text\": \"Nothing.\"}");
        accept("done", "{\"finishReason\": \"no_answer\", \"mode\": \"extractive\"}");
        assertThat(printer.exitCode()).isEqualTo(ExitCode.NO_ANSWER);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("Nothing.\n\n[1] handbook.pdf, page 3\n[2] notes.txt\n[3] Salaries\n[4] a-4\n\n");
    }

    @Test
    void showsOnlyWhatAnAnswerRestsOn() {
        accept("sources", SOURCES);
        accept("citation", "{\"number\": 1, \"page\": 3, \"sentence\": \"It is so.\", \"start\": 0}");
        accept("done", "{\"finishReason\": \"stop\", \"mode\": \"extractive\"}");
        assertThat(printer.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("[1] handbook.pdf, page 3\n    It is so.\n")
                .doesNotContain("notes.txt");
    }

    private void accept(String name, String data) {
        printer.accept(new AnswerEvent(name, JsonMapper.shared().readTree(data)));
    }
}
