package quintet.generate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TermsTest {
    @Test
    void bringsTheFormsOfAWordTogether() {
        assertThat(Terms.of("covers covered covering coverage")).containsExactly("cover");
        assertThat(Terms.of("reimburse reimbursed reimbursement reimbursements"))
                .hasSize(1);
        assertThat(Terms.of("plan plans")).containsExactly("plan");
        assertThat(Terms.of("emergency emergencies")).hasSize(1);
    }

    @Test
    void dropsStopWordsAndPunctuation() {
        assertThat(Terms.list("What does the plan cover, and when?")).containsExactly("plan", "cover");
    }

    @Test
    void takesEachCharacterOfAScriptWithoutSpaces() {
        assertThat(Terms.list("費用 A1")).containsExactly("費", "用", "a1");
    }

    @Test
    void measuresCoverageAndSimilarity() {
        assertThat(Terms.coverage(Set.of("a", "b"), Set.of("b", "c"))).isEqualTo(0.5);
        assertThat(Terms.coverage(Set.of(), Set.of("b"))).isZero();
        assertThat(Terms.similarity(Set.of("a", "b"), Set.of("b", "c"))).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(Terms.similarity(Set.of(), Set.of())).isEqualTo(1);
    }

    @Test
    void weighsRareTermsMore() {
        var weights = Terms.inverseFrequencies(List.of(Set.of("plan", "rare"), Set.of("plan"), Set.of("plan")));
        assertThat(weights.get("rare")).isGreaterThan(weights.get("plan")).isPositive();
    }
}
