package quintet.ingest.pipeline.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.ingest.model.Block;

class RepeatedLinesTest {
    @Test
    void removesRunningHeadersFootersAndPageNumbers() {
        List<Block> blocks = new ArrayList<>();
        for (int page = 1; page <= 5; page++) {
            blocks.add(Block.of(Block.Kind.PARAGRAPH, "Benefits Handbook 2023", page));
            blocks.add(Block.of(
                    Block.Kind.PARAGRAPH, "What page %s says is its own.".formatted("abcde".charAt(page - 1)), page));
            blocks.add(Block.of(Block.Kind.PARAGRAPH, "Confidential\nPage %d of 5".formatted(page), page));
        }
        assertThat(RepeatedLines.remove(blocks))
                .extracting(Block::text)
                .allMatch(text -> text.startsWith("What page"))
                .hasSize(5);
    }

    @Test
    void removesHeadersThatLeftAndRightPagesHaveInTurn() {
        List<Block> blocks = new ArrayList<>();
        for (int page = 1; page <= 6; page++) {
            blocks.add(Block.of(Block.Kind.PARAGRAPH, page % 2 == 0 ? "The Author" : "The Title", page));
            for (String line : List.of("one", "two", "three", "four")) {
                blocks.add(Block.of(Block.Kind.PARAGRAPH, line + " of " + "abcdef".charAt(page - 1), page));
            }
        }
        assertThat(RepeatedLines.remove(blocks)).extracting(Block::text).noneMatch(text -> text.startsWith("The "));
    }

    @Test
    void keepsTheFirstOfAHeadingThatIsAlsoAHeader() {
        List<Block> blocks = new ArrayList<>();
        for (int page = 1; page <= 4; page++) {
            blocks.add(Block.heading(1, "Employee Handbook", page));
            blocks.add(Block.of(Block.Kind.PARAGRAPH, "Text of page " + "abcd".charAt(page - 1), page));
        }
        assertThat(RepeatedLines.remove(blocks))
                .filteredOn(block -> block.kind() == Block.Kind.HEADING)
                .hasSize(1);
    }

    @Test
    void keepsLinesThatComeBackInTheMiddleOfPages() {
        List<Block> blocks = new ArrayList<>();
        for (int page = 1; page <= 4; page++) {
            for (int line = 0; line < 9; line++) {
                String text = line == 4 ? "Tips:" : "Line %c of page %c".formatted('a' + line, 'a' + page);
                blocks.add(Block.of(Block.Kind.PARAGRAPH, text, page));
            }
        }
        assertThat(RepeatedLines.remove(blocks)).isEqualTo(blocks);
    }

    @Test
    void keepsEverythingOfFormatsWithoutPages() {
        List<Block> blocks = List.of(
                Block.of(Block.Kind.PARAGRAPH, "same", 0),
                Block.of(Block.Kind.PARAGRAPH, "same", 0),
                Block.of(Block.Kind.PARAGRAPH, "same", 0),
                Block.of(Block.Kind.PARAGRAPH, "same", 0));
        assertThat(RepeatedLines.remove(blocks)).isEqualTo(blocks);
    }
}
