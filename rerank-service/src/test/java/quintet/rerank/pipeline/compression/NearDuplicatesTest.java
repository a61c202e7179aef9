package quintet.rerank.pipeline.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
    private static final String PLAN = "The plan pays up to one thousand dollars a year for classes at a gym near you.";

    @Test
    void findsTheFirstPassageThatSaysNearlyTheSame() {
        assertThat(NearDuplicates.find(
                        List.of("Ask.", PLAN, PLAN.toUpperCase(java.util.Locale.ROOT), PLAN + " Yes."), 0.8))
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of(1), Optional.of(1));
    }

    @Test
    void keepsWhatDiffersInAFewWords() {
        assertThat(NearDuplicates.find(List.of(PLAN, PLAN.replace("gym", "pool").replace("thousand", "hundred")), 0.8))
                .containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void mergesNothingIntoWhatIsMergedItself() {
        String second = PLAN.replace("near you", "nearby");
        String third = second.replace("The plan", "It");
        assertThat(NearDuplicates.find(List.of(PLAN, second, third), 0.7))
                .containsExactly(Optional.empty(), Optional.of(0), Optional.empty());
    }

    @Test
    void comparesTextsOfFewWordsWhole() {
        assertThat(NearDuplicates.find(List.of("Ask first.", "ask FIRST", "Ask", "…", "!"), 1))
                .containsExactly(Optional.empty(), Optional.of(0), Optional.empty(), Optional.empty(), Optional.of(3));
    }
}
