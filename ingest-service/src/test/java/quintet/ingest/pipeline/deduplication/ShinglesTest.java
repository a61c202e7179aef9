package quintet.ingest.pipeline.deduplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShinglesTest {
    @Test
    void areTheDistinctRunsOfWords() {
        assertThat(Shingles.of("a rose is a rose is a rose", 4).size()).isEqualTo(3);
        assertThat(Shingles.of("a rose is a rose is a rose", 1).size()).isEqualTo(3);
    }

    @Test
    void compareByJaccard() {
        // abc bcd | bcd cde: one of three.
        assertThat(Shingles.of("a b c d", 3).jaccard(Shingles.of("b c d e", 3))).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(Shingles.of("a b c", 2).jaccard(Shingles.of("a b c", 2))).isEqualTo(1);
        assertThat(Shingles.of("a b c", 2).jaccard(Shingles.of("c b a", 2))).isZero();
    }

    @Test
    void overlookPunctuationBetweenWords() {
        assertThat(Shingles.of("one, two - three!", 3).jaccard(Shingles.of("one two three", 3)))
                .isEqualTo(1);
    }

    @Test
    void takeAShortTextWhole() {
        assertThat(Shingles.of("just two", 5).size()).isEqualTo(1);
        assertThat(Shingles.of("just two", 5).jaccard(Shingles.of("just three", 5)))
                .isZero();
        assertThat(Shingles.of("...", 3).isEmpty()).isTrue();
        assertThat(Shingles.NONE.jaccard(Shingles.NONE)).isZero();
    }

    @Test
    void takeCharactersForWordsWhereThereAreNoSpaces() {
        assertThat(Shingles.of("東京都に住む", 3).size()).isEqualTo(4);
        assertThat(Shingles.of("東京都に住む", 3).jaccard(Shingles.of("東京都に住み", 3))).isEqualTo(3.0 / 5);
    }
}
