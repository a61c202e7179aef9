package quintet.modelserver.pipeline.speculation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.modelserver.model.Tokens;

class NgramDrafterTest {
    private final NgramDrafter drafter = new NgramDrafter(3, 2);

    private List<Integer> draft(int length, int... text) {
        return drafter.draft(List.of(new Continuation(0, new Tokens(text), length)))
                .getFirst()
                .toList();
    }

    @Test
    void goesOnAsItDidBefore() {
        assertThat(draft(3, 1, 2, 3, 4, 5, 9, 1, 2)).containsExactly(3, 4, 5);
    }

    @Test
    void aLongerRunCountsMoreThanALaterOne() {
        assertThat(draft(1, 7, 1, 2, 50, 8, 1, 2, 60, 7, 1, 2)).containsExactly(50);
    }

    @Test
    void ofEqualRunsTheLastCounts() {
        assertThat(draft(1, 8, 1, 2, 50, 9, 1, 2, 60, 7, 1, 2)).containsExactly(60);
    }

    @Test
    void aRepetitionGoesOnBeyondTheEnd() {
        assertThat(draft(5, 1, 2, 1, 2, 1, 2)).containsExactly(1, 2, 1, 2, 1);
        assertThat(draft(4, 5, 5, 5)).containsExactly(5, 5, 5, 5);
    }

    @Test
    void guessesNothingFromNothing() {
        assertThat(draft(4, 1, 2, 3, 4)).isEmpty();
        assertThat(draft(4, 1)).isEmpty();
    }

    @Test
    void refusesRunsOfNothing() {
        assertThatThrownBy(() -> new NgramDrafter(2, 3)).hasMessageContaining("runs of 3 to 2");
        assertThatThrownBy(() -> new NgramDrafter(2, 0)).hasMessageContaining("runs of 0 to 2");
    }
}
