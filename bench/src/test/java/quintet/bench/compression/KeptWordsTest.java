package quintet.bench.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.bench.data.PageQuestion;

class KeptWordsTest {
    private static final PageQuestion QUESTION = new PageQuestion(
            "What does the plan pay?",
            List.of(new PageQuestion.Page("a.pdf", 1)),
            "pays a gym",
            "The plan pays 1000 dollars for gyms and pools.");

    @Test
    void looksForThePhraseByItsLetters() {
        assertThat(KeptWords.phrase(QUESTION, "It pays\na \"gym\".", "pays a gym"))
                .hasValue(1);
        assertThat(KeptWords.phrase(QUESTION, "It pays a gym.", "It pays")).hasValue(0);
        assertThat(KeptWords.phrase(QUESTION, "It pays", "")).isEmpty();
    }

    @Test
    void countsTheWordsOfTheAnswerThatWereThereBefore() {
        assertThat(KeptWords.answer(QUESTION, "The plan pays 1000 a year for gyms.", "Gyms: 1000"))
                .hasValue(2.0 / 3);
        assertThat(KeptWords.answer(QUESTION, "The plan is good.", "")).isEmpty();
    }
}
