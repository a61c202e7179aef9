package quintet.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HandbookQuestionsTest {
    @Test
    void readsThePageOutOfTheCitation() {
        PageQuestion first = HandbookQuestions.development().getFirst();

        assertThat(first.question()).startsWith("What is balance billing");
        assertThat(first.pages()).containsExactly(new PageQuestion.Page("Northwind_Standard_Benefits_Details.pdf", 7));
        assertThat(first.answer()).startsWith("Balance billing is").endsWith("these unexpected costs.");
    }

    @Test
    void hasTwoHundredAndOneQuestionsToDevelopOn() {
        assertThat(HandbookQuestions.development()).hasSize(201);
    }

    @Test
    void hasHeldOutQuestionsOnAllSixFilesEachWithAPhrase() {
        List<PageQuestion> heldOut = HandbookQuestions.heldOut();

        assertThat(heldOut)
                .hasSizeGreaterThanOrEqualTo(30)
                .noneMatch(question -> question.phrase().isBlank());
        assertThat(heldOut.stream()
                        .map(question -> question.pages().getFirst().filename())
                        .distinct())
                .hasSize(6);
    }

    @Test
    void asksNoQuestionTwice() {
        assertThat(Stream.of(HandbookQuestions.development(), HandbookQuestions.heldOut())
                        .flatMap(List::stream)
                        .map(PageQuestion::question))
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(HandbookQuestions.unanswerable());
    }

    @Test
    void isOnAnyPageThatAPassageRunsOver() {
        PageQuestion question = new PageQuestion("q", List.of(new PageQuestion.Page("a.pdf", 7)), "", "");

        assertThat(question.isOn("a.pdf", 6, 7)).isTrue();
        assertThat(question.isOn("a.pdf", 7, 8)).isTrue();
        assertThat(question.isOn("a.pdf", 8, 9)).isFalse();
        assertThat(question.isOn("b.pdf", 7, 7)).isFalse();
    }
}
