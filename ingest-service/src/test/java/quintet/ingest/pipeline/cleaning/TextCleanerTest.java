package quintet.ingest.pipeline.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.ingest.model.Block;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.CleanText.PageBreak;

class TextCleanerTest {
    @Test
    void joinsAParagraphThatAPageBreakCuts() {
        CleanText clean = TextCleaner.clean(List.of(
                Block.of(Block.Kind.PARAGRAPH, "This plan also", 1),
                Block.of(Block.Kind.PARAGRAPH, "offers more.", 2)));
        assertThat(clean.text()).isEqualTo("This plan also offers more.");
        assertThat(clean.blocks()).hasSize(1);
        assertThat(clean.pageBreaks()).containsExactly(new PageBreak(0, 1), new PageBreak(15, 2));
        assertThat(clean.pageAt(14)).isEqualTo(1);
        assertThat(clean.pageAt(15)).isEqualTo(2);
    }

    @Test
    void keepsParagraphsApartThatBeginANewSentence() {
        CleanText clean = TextCleaner.clean(
                List.of(Block.of(Block.Kind.PARAGRAPH, "The end.", 1), Block.of(Block.Kind.PARAGRAPH, "A begin.", 2)));
        assertThat(clean.text()).isEqualTo("The end.\n\nA begin.");
    }

    @Test
    void setsItemsAndRowsCloseTogether() {
        CleanText clean = TextCleaner.clean(List.of(
                Block.heading(1, "Costs\nand  more", 0),
                Block.of(Block.Kind.TABLE_ROW, "Plan | Cost", 0),
                Block.of(Block.Kind.TABLE_ROW, "A | 1", 0),
                Block.of(Block.Kind.LIST_ITEM, "• one", 0),
                Block.of(Block.Kind.LIST_ITEM, "• two", 0)));
        assertThat(clean.text()).isEqualTo("Costs and more\n\nPlan | Cost\nA | 1\n\n• one\n• two");
    }

    @Test
    void keepsTheLinesOfCode() {
        CleanText clean = TextCleaner.clean(List.of(Block.of(Block.Kind.PREFORMATTED, "if (x) {\n    y();  \n}", 0)));
        assertThat(clean.text()).isEqualTo("if (x) {\n    y();\n}");
    }

    @Test
    void shortensTheLeadersOfATableOfContents() {
        assertThat(TextCleaner.clean(List.of(Block.of(Block.Kind.PARAGRAPH, "Notices . . . . . . . . . . . 7", 1)))
                        .text())
                .isEqualTo("Notices … 7");
    }

    @Test
    void isEmptyForNothingToRead() {
        assertThat(TextCleaner.clean(List.of(Block.of(Block.Kind.PARAGRAPH, " \u200b\n", 0)))
                        .text())
                .isEmpty();
    }
}
