package quintet.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.bench.faults.Sighting.Found;
import quintet.bench.faults.Violation.Kind;

class SightingTest {
    private static final Subject MEDIUM = new Subject("c", 4);
    private static final int SENTENCES = MarkedText.sentences(MEDIUM);

    @Test
    void findsNothingWrongWithAWholeVersionOrNone() {
        assertThat(flaws(passage(3, 0, Set.of(), 0, 12), passage(3, 1, Set.of(2), 10, SENTENCES)))
                .isEmpty();
        assertThat(flaws()).isEmpty();
    }

    @Test
    void noticesAPassageThatIsThereTwice() {
        assertThat(flaws(
                        passage(3, 0, Set.of(2), 0, 12),
                        passage(3, 1, Set.of(2), 12, SENTENCES),
                        passage(3, 1, Set.of(2), 12, SENTENCES)))
                .containsExactly(Kind.DUPLICATED);
    }

    @Test
    void noticesPassagesOfTwoVersions() {
        assertThat(flaws(passage(2, 0, Set.of(), 0, 12), passage(3, 1, Set.of(2), 12, SENTENCES)))
                .containsExactly(Kind.MIXED);
        assertThat(flaws(passage(3, 0, Set.of(1), 0, 12), passage(3, 1, Set.of(2), 12, SENTENCES)))
                .containsExactly(Kind.MIXED);
    }

    @Test
    void noticesAVersionThatIsNotWhole() {
        assertThat(flaws(passage(3, 0, Set.of(), 0, 12)))
                .as("the end is missing")
                .containsExactly(Kind.MIXED);
        assertThat(flaws(passage(3, 0, Set.of(2), 0, 12), passage(3, 2, Set.of(2), 8, SENTENCES)))
                .as("a passage in between is missing")
                .containsExactly(Kind.MIXED);
    }

    private static List<Kind> flaws(Found... passages) {
        return new Sighting(List.of(passages))
                .flaws(MEDIUM).stream().map(Violation::kind).toList();
    }

    private static Found passage(long version, int ordinal, Set<Integer> editions, int from, int to) {
        return new Found(
                version, ordinal, editions, IntStream.range(from, to).boxed().collect(Collectors.toSet()));
    }
}
