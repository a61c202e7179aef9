package quintet.bench.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quintet.bench.data.PageQuestion;
import quintet.bench.suite.Answer;
import quintet.bench.suite.Passage;
import quintet.bench.suite.SuiteException;

class AnswerEvidenceTest {
    private static final PageQuestion QUESTION =
            new PageQuestion("q", List.of(new PageQuestion.Page("a.pdf", 8)), "in- network \"care\"", "");
    private static final Passage OVER_TWO_PAGES = new Passage("d", "a.pdf", 7, 8, "text", 1, 0);

    @Test
    void countsTheRightPageAmongThoseOfThePassageAndApartThoseOfTheSentence() {
        AnswerEvidence evidence = new AnswerEvidence();
        evidence.add(QUESTION, answer(7, "Nothing."));
        evidence.add(QUESTION, answer(8, "In-network care, it says."));

        assertThat(evidence.figures().path("rightPageCited").asDouble()).isEqualTo(1);
        assertThat(evidence.figures().path("rightSentencePageCited").asDouble()).isEqualTo(0.5);
        assertThat(evidence.figures().path("rightWords").asDouble()).isEqualTo(0.5);
        assertThat(evidence.figures().path("citationsPerAnswer").asDouble()).isEqualTo(1);
    }

    @Test
    void countsRefusals() {
        AnswerEvidence evidence = new AnswerEvidence();
        evidence.addRefusal(new Answer("None.", "no_answer", List.of(), List.of(), List.of(), Map.of()));
        evidence.addRefusal(answer(7, "Something."));

        assertThat(evidence.figures().path("refused").asDouble()).isEqualTo(0.5);
    }

    @Test
    void refusesToMeasureADegradedAnswer() {
        Answer degraded = new Answer("a", "stop", List.of(), List.of(), List.of("rerank"), Map.of());

        assertThatThrownBy(() -> new AnswerEvidence().add(QUESTION, degraded))
                .isInstanceOf(SuiteException.class)
                .hasMessageContaining("[rerank]");
    }

    private static Answer answer(int sentencePage, String sentence) {
        return new Answer(
                "An answer [1].",
                "stop",
                List.of(new Answer.Citation(OVER_TWO_PAGES, sentencePage, sentence)),
                List.of(OVER_TWO_PAGES),
                List.of(),
                Map.of());
    }
}
