package quintet.encoder.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordSplitterTest {
    @Test
    void cutsAtAllThatIsNoLetterOrDigit() {
        assertThat(split("The cat, (a) dog_sat\ton\nC3PO/R2-D2... 50% e.g.\u00A0\uD83D\uDE00ok"))
                .containsExactly("The", "cat", "a", "dog", "sat", "on", "C3PO", "R2-D2", "50", "e", "g", "ok");
        assertThat(split(" -- ' ... \uD83D\uDE00 ")).isEmpty();
        assertThat(split("")).isEmpty();
    }

    @Test
    void keepsASingleApostropheOrHyphenInsideAWord() {
        assertThat(split("don't 'quoted' well-known rock-'n'-roll dogs' a--b -x- 'tis"))
                .containsExactly("don't", "quoted", "well-known", "rock", "n", "roll", "dogs", "a", "b", "x", "tis");
        assertThat(split("don\u2019t well\u2010known non\u2011stop \u2018so\u2019"))
                .containsExactly("don't", "well-known", "non-stop", "so");
    }

    @Test
    void keepsAFullStopOrCommaBetweenDigits() {
        assertThat(split("$1,234.50. 3,x v1.2 a.5 5.")).containsExactly("1,234.50", "3", "x", "v1.2", "a", "5", "5");
    }

    @Test
    void knowsLettersAndMarksOfAllScripts() {
        assertThat(split("Ärger e\u0301te\u0301 हिन्दी Ελληνικά \uD835\uDC00\uD835\uDC01 ٣٤ \u0301x"))
                .containsExactly("Ärger", "été", "हिन्दी", "Ελληνικά", "\uD835\uDC00\uD835\uDC01", "٣٤", "x");
    }

    @Test
    void cutsAJoinedWordIntoParts() {
        assertThat(WordSplitter.parts("word")).isEmpty();
        assertThat(WordSplitter.parts("state-of-the-art")).containsExactly("state", "of", "the", "art");
        assertThat(WordSplitter.parts("king's")).containsExactly("king", "'s");
        assertThat(WordSplitter.parts("DON'T")).containsExactly("DO", "N'T");
        assertThat(WordSplitter.parts("can't've")).containsExactly("can", "'t", "'ve");
        assertThat(WordSplitter.parts("n't")).containsExactly("n", "'t");
        assertThat(WordSplitter.parts("1,234.5")).containsExactly("1", "234", "5");
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        WordSplitter.split(text, words::add);
        return words;
    }
}
