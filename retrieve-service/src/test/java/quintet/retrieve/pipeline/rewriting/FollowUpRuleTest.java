package quintet.retrieve.pipeline.rewriting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.retrieve.model.Speaker;
import quintet.retrieve.model.Turn;

class FollowUpRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"What does it cost?", "And for children?", "Why?", "How do they apply for that?"})
    void addsWhatTheQuestionBeforeWasAbout(String followUp) {
        assertThat(standalone(followUp, "What is PerksPlus?")).isEqualTo("PerksPlus " + followUp);
    }

    @Test
    void looksFurtherBackWhereTheQuestionBeforePointsBackItself() {
        assertThat(standalone("And when?", "Does PerksPlus pay for skiing lessons?", "How much of it?", "Why is that?"))
                .isEqualTo("PerksPlus pay skiing lessons And when?");
        assertThat(standalone("And when?", "What is in the handbook?", "Which skiing lessons does PerksPlus pay for?"))
                .isEqualTo("skiing lessons PerksPlus pay And when?");
    }

    @Test
    void leavesAQuestionAloneThatStandsByItself() {
        String question = "Which dental treatments are excluded from Northwind Standard?";
        assertThat(standalone(question, "What is PerksPlus?")).isEqualTo(question);
    }

    @Test
    void leavesAFirstQuestionAlone() {
        assertThat(standalone("Why?")).isEqualTo("Why?");
        assertThat(standalone("?", "!", " ")).isEqualTo("?");
    }

    @Test
    void addsNoWordTwiceAndNotAllOfALongQuestion() {
        assertThat(standalone("Is the plan better than that one?", "Which plan is good?"))
                .isEqualTo("good Is the plan better than that one?");
        String longest = standalone("Why is it?", "word%d ".repeat(500).formatted(numbers(500)));
        assertThat(longest.split(" ")).hasSize(24 + 3);
    }

    @Test
    void answersAreNotQuestions() {
        List<Turn> history =
                List.of(new Turn(Speaker.USER, "What is PerksPlus?"), new Turn(Speaker.ASSISTANT, "A benefit."));
        assertThat(FollowUpRule.standalone(history, "Who gets it?")).isEqualTo("PerksPlus Who gets it?");
    }

    private static Object[] numbers(int count) {
        Object[] numbers = new Object[count];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    private static String standalone(String text, String... asked) {
        return FollowUpRule.standalone(
                Arrays.stream(asked)
                        .map(question -> new Turn(Speaker.USER, question))
                        .toList(),
                text);
    }
}
