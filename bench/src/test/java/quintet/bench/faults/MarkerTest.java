package quintet.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkerTest {
    @Test
    void readsBackEveryNumber() {
        for (int number = 0; number <= Subject.MAX_NUMBER; number += 257) {
            assertThat(Marker.SENTENCE.in("a " + Marker.SENTENCE.of(number) + ". b"))
                    .containsExactly(number);
        }
    }

    @Test
    void tellsKindsApartAndReadsWholeWordsOnly() {
        String text = Marker.DOCUMENT.of(7) + " " + Marker.EDITION.of(8) + " x" + Marker.DOCUMENT.of(9) + " "
                + Marker.DOCUMENT.of(10) + "b";

        assertThat(Marker.DOCUMENT.in(text)).containsExactly(7);
        assertThat(Marker.EDITION.in(text)).containsExactly(8);
        assertThat(Marker.SENTENCE.in(text)).isEmpty();
    }
}
