package quintet.bench.rewriting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeededTyposTest {
    @Test
    void spoilsOneWordTheSameWayForTheSameSeed() {
        for (long seed = 0; seed < 500; seed++) {
            SeededTypos.Typo typo =
                    SeededTypos.in("what does the insurance cover", seed).orElseThrow();
            assertThat(typo)
                    .isEqualTo(SeededTypos.in("what does the insurance cover", seed)
                            .orElseThrow());
            assertThat(typo.word())
                    .isNotEqualTo(typo.was())
                    .startsWith(typo.was().substring(0, 1));
            assertThat(typo.query().replace(typo.word(), typo.was())).isEqualTo("what does the insurance cover");
        }
    }

    @Test
    void leavesShortWordsAlone() {
        assertThat(SeededTypos.in("who is it for", 7)).isEmpty();
    }
}
