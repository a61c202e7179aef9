package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quintet.retrieve.Samples;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.PassageContext;
import quintet.retrieve.model.StoredPassage;

class PassageExpansionTest {
    private static final String TEXT = "One begins. Two goes on.\n\nThree is here. Four ends it.";

    private static StoredPassage passage(int ordinal, String text, int page) {
        return passage(ordinal, text, page, null);
    }

    private static StoredPassage passage(int ordinal, String text, int page, @Nullable PassageContext context) {
        int start = TEXT.indexOf(text);
        return new StoredPassage(
                "d",
                1,
                Samples.info("d.txt", Map.of()),
                new Passage(
                        "d#" + ordinal,
                        ordinal,
                        text,
                        start,
                        start + text.length(),
                        page,
                        page,
                        List.of(),
                        3,
                        context));
    }

    private static final StoredPassage ONE = passage(0, "One begins.", 1);
    private static final StoredPassage TWO = passage(1, "Two goes on.", 1);
    private static final StoredPassage THREE = passage(2, "Three is here.", 2);
    private static final StoredPassage FOUR = passage(3, "Four ends it.", 2);

    private static void showsSpan(StoredPassage expanded, int start, int end) {
        Passage shown = expanded.passage().shown();
        assertThat(shown.start()).isEqualTo(start);
        assertThat(shown.end()).isEqualTo(end);
        assertThat(shown.text()).hasSize(end - start);
        String hit = expanded.passage().text();
        assertThat(shown.text()
                        .substring(
                                expanded.passage().start() - start,
                                expanded.passage().end() - start))
                .isEqualTo(hit);
    }

    @Test
    void joinsWhatStandsAroundAndKeepsEveryOffset() {
        StoredPassage expanded = PassageExpansion.of(TWO, List.of(THREE, ONE));
        assertThat(expanded.passage().shown().text()).isEqualTo("One begins. Two goes on.\n\nThree is here.");
        showsSpan(expanded, 0, FOUR.passage().start() - 1);
        assertThat(expanded.passage().shown().page()).isEqualTo(1);
        assertThat(expanded.passage().shown().pageEnd()).isEqualTo(2);
        assertThat(expanded.passage().text()).isEqualTo("Two goes on.");
    }

    @Test
    void takesOverlapsOnce() {
        StoredPassage overlapping = passage(2, "goes on.\n\nThree is here.", 2);
        StoredPassage expanded = PassageExpansion.of(TWO, List.of(overlapping));
        assertThat(expanded.passage().shown().text()).isEqualTo("Two goes on.\n\nThree is here.");
        showsSpan(PassageExpansion.of(overlapping, List.of(TWO)), 12, 40);
        StoredPassage inside = passage(0, "begins", 1);
        assertThat(PassageExpansion.of(ONE, List.of(passage(1, "begins", 1)))).isEqualTo(ONE);
        assertThat(PassageExpansion.of(inside, List.of(passage(1, "One begins.", 1)))
                        .passage()
                        .context())
                .isNotNull();
    }

    @Test
    void widensAWindow() {
        PassageContext window = new PassageContext("One begins. Two goes on.", 0, 24, 1, 1);
        StoredPassage inWindow = passage(0, "One begins.", 1, window);
        assertThat(PassageExpansion.of(inWindow, List.of(TWO, THREE))
                        .passage()
                        .shown()
                        .text())
                .isEqualTo("One begins. Two goes on.\n\nThree is here.");
    }

    @Test
    void doesNotJoinAcrossALargeGap() {
        StoredPassage far = Samples.whole(Samples.ref("d", 1), "x").passages().stream()
                .map(each -> new StoredPassage("d", 1, Samples.info("", Map.of()), Samples.passage("d", 4, "far away")))
                .findFirst()
                .orElseThrow();
        assertThat(PassageExpansion.of(FOUR, List.of(far))).isEqualTo(FOUR);
        assertThat(PassageExpansion.of(far, List.of(FOUR))).isEqualTo(far);
    }

    @Test
    void aLonelyPassageStaysAsItIs() {
        assertThat(PassageExpansion.of(ONE, List.of())).isEqualTo(ONE);
    }
}
