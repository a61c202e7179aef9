package quintet.ingest.pipeline.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceSplitterTest {
    @Test
    void findsSentences() {
        assertThat(split("One plan. Two plans! Three? Four."))
                .containsExactly("One plan.", "Two plans!", "Three?", "Four.");
    }

    @Test
    void doesNotBreakAfterAbbreviations() {
        assertThat(
                        split(
                                "Ask Dr. Smith, e.g. by phone. It costs approx. $5 vs. $7 in the U.S. Army shop. J. Doe knows."))
                .containsExactly(
                        "Ask Dr. Smith, e.g. by phone.",
                        "It costs approx. $5 vs. $7 in the U.S. Army shop.",
                        "J. Doe knows.");
    }

    @Test
    void doesNotBreakWithinNumbersAndNames() {
        assertThat(split("Version 3.14 of example.com is out. Get it."))
                .containsExactly("Version 3.14 of example.com is out.", "Get it.");
    }

    private static List<String> split(String text) {
        List<Integer> starts = new ArrayList<>();
        SentenceSplitter.split(text, starts::add);
        starts.add(text.length());
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i + 1 < starts.size(); i++) {
            sentences.add(text.substring(starts.get(i), starts.get(i + 1)).strip());
        }
        return sentences;
    }
}
