package quintet.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkedTextTest {
    private static final Subject SMALL = new Subject("c", 1);
    private static final Subject MEDIUM = new Subject("c", 4);

    @Test
    void marksEverySentence() {
        MarkedText text = MarkedText.of(5, SMALL, 3);

        List<String> sentences = List.of(text.text().split("\\.\\s*"));
        assertThat(sentences).hasSize(text.sentences()).allSatisfy(sentence -> {
            assertThat(Marker.DOCUMENT.in(sentence)).containsExactly(1);
            assertThat(Marker.EDITION.in(sentence)).containsExactly(3);
        });
        assertThat(Marker.SENTENCE.in(text.text()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, text.sentences()).boxed().toList());
    }

    @Test
    void sharesTheBeginningOfALongerTextWithEveryEdition() {
        String one = MarkedText.of(5, MEDIUM, 1).text();
        String two = MarkedText.of(5, MEDIUM, 2).text();

        int shared = IntStream.range(0, one.length())
                .filter(i -> one.charAt(i) != two.charAt(i))
                .findFirst()
                .orElseThrow();
        assertThat(Marker.EDITION.in(one.substring(0, shared))).isEmpty();
        assertThat(Marker.SENTENCE.in(one.substring(0, shared))).contains(0, 9).doesNotContain(11);
        assertThat(Set.of(one, two, MarkedText.of(6, MEDIUM, 1).text())).hasSize(3);
    }

    @Test
    void givesTheSameTextForTheSameSeed() {
        assertThat(MarkedText.of(5, MEDIUM, 2)).isEqualTo(MarkedText.of(5, MEDIUM, 2));
        assertThat(MarkedText.of(5, MEDIUM, 2).sha256())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(MarkedText.of(5, MEDIUM, 3).sha256());
    }
}
