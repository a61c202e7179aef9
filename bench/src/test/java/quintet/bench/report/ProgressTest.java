package quintet.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void saysEveryTenthPartWhereThereIsNoTerminal() {
        Progress progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        for (int done = 0; done <= 100; done++) {
            progress.show("asked", done, 100);
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(11)
                .startsWith("  asked: 0 of 100", "  asked: 10 of 100")
                .endsWith("  asked: 100 of 100");
    }

    @Test
    void rewritesTheLineOfATerminal() {
        Progress progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
        progress.show("asked", 1, 2);
        progress.show("asked", 2, 2);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\r  asked: 1 of 2\r  asked: 2 of 2\n");
    }
}
