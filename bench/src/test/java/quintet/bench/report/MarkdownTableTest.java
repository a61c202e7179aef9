package quintet.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MarkdownTableTest {
    @Test
    void alignsTextToTheLeftAndFiguresToTheRight() {
        MarkdownTable table = new MarkdownTable("set", "hit@1");
        table.row("medline", "0.5");

        assertThat(table).hasToString("""
                | set     | hit@1 |
                |---------|------:|
                | medline |   0.5 |
                """);
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MarkdownTable("a", "b").row("1"))
                .withMessage("1 cells, must be 2");
    }
}
