package quintet.embed.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.embed.model.Passage;

class PassageTextTest {
    private final PassageText passageText = new PassageText(new WordModel(10), 8);

    @Test
    void putsTitleAndHeadingsInFrontOfTheText() {
        assertThat(passageText.of(new Passage("Leave", "x.pdf", List.of("Time off", "Sick days"), "It is 30 days.")))
                .isEqualTo("Leave > Time off > Sick days\nIt is 30 days.");
    }

    @Test
    void takesTheWordsOfTheFileNameWhereThereIsNoTitle() {
        assertThat(passageText.of(new Passage(" ", "employee_hand-book.pdf", List.of(), "a b")))
                .isEqualTo("employee hand book\na b");
    }

    @Test
    void doesNotSayTheSameTwice() {
        assertThat(passageText.of(new Passage("Leave", "", List.of("LEAVE", "Sick\n days"), "a")))
                .isEqualTo("Leave > Sick days\na");
    }

    @Test
    void leavesTheHeaderOutWhereTheTextFillsTheModel() {
        String text = "1 2 3 4 5 6 7 8 9 10";
        assertThat(passageText.of(new Passage("Title", "", List.of(), text))).isEqualTo(text);
        assertThat(passageText.of(new Passage("Two words", "", List.of(), "1 2 3 4 5 6 7 8 9")))
                .isEqualTo("Two\n1 2 3 4 5 6 7 8 9");
    }

    @Test
    void isTheTextAloneWhereNothingIsKnownOrWanted() {
        assertThat(passageText.of(new Passage("", "", List.of(), "a"))).isEqualTo("a");
        assertThat(new PassageText(new WordModel(10), 0).of(new Passage("T", "", List.of(), "a")))
                .isEqualTo("a");
    }
}
