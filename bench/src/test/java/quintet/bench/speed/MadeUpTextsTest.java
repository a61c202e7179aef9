package quintet.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.bench.data.RetrievalSet;

class MadeUpTextsTest {
    @Test
    void everyTextIsAnotherAndTheSameEachTime() {
        List<RetrievalSet.Text> texts = MadeUpTexts.of(500, 20, 7);
        assertThat(texts).extracting(RetrievalSet.Text::text).doesNotHaveDuplicates();
        assertThat(texts).isEqualTo(MadeUpTexts.of(500, 20, 7));
        assertThat(texts)
                .extracting(RetrievalSet.Text::text)
                .doesNotContainAnyElementsOf(MadeUpTexts.of(500, 20, 8).stream()
                        .map(RetrievalSet.Text::text)
                        .toList());
    }

    @Test
    void hasAsManyWordsAsAskedFor() {
        // Two more of its number.
        assertThat(MadeUpTexts.of(3, 25, 1))
                .allSatisfy(text -> assertThat(text.text().split(" ")).hasSize(27));
    }
}
