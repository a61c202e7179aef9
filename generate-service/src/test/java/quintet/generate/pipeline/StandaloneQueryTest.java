package quintet.generate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.generate.model.PassageFilter;
import quintet.generate.model.Question;
import quintet.generate.model.Role;
import quintet.generate.model.Turn;

class StandaloneQueryTest {
    @ParameterizedTest
    @ValueSource(strings = {"What does it cost?", "And for children?", "Why?", "How do they apply for that?"})
    void searchesAFollowUpWithTheQuestionBefore(String followUp) {
        assertThat(query(followUp, "What is PerksPlus?")).isEqualTo("What is PerksPlus? " + followUp);
    }

    @Test
    void leavesAQuestionAloneThatStandsByItself() {
        String question = "Which dental treatments are excluded from Northwind Standard?";
        assertThat(query(question, "What is PerksPlus?")).isEqualTo(question);
    }

    @Test
    void leavesAFirstQuestionAlone() {
        assertThat(query("Why?")).isEqualTo("Why?");
    }

    @Test
    void neverGetsLongerThanAQuestionMayBe() {
        String before = "😀".repeat(8_000);
        String query = query("Why is it?", before);
        assertThat(query.length()).isLessThanOrEqualTo(QuestionRules.MAX_QUESTION_CHARACTERS);
        assertThat(query).endsWith("😀 Why is it?");
        assertThat(query("it ".repeat(2_730) + "ab", before)).isNotBlank();
    }

    private static String query(String text, String... before) {
        List<Turn> history =
                java.util.Arrays.stream(before).map(b -> new Turn(Role.USER, b)).toList();
        return StandaloneQuery.of(new Question("default", text, history, PassageFilter.NONE, 6, ""));
    }
}
