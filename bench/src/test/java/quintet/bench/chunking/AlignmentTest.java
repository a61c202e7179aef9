package quintet.bench.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import quintet.bench.data.Span;

class AlignmentTest {
    private static final String ORIGINAL =
            "First, exam-\nples of words.\n\nPage 7\n\nThen  the same words. And the same words.";

    private final Alignment alignment = new Alignment(ORIGINAL);

    @Test
    void findsWhatCleaningJoined() {
        int start = ORIGINAL.indexOf("exam");
        int end = ORIGINAL.indexOf(" of words");
        assertThat(alignment.find("examples", 0)).contains(alignment.ofOriginal(new Span(start, end)));
        assertThat(alignment.find("samples", 0)).isEmpty();
    }

    @Test
    void ofSeveralPlacesTakesTheNearestToTheExpectedOne() {
        int first = ORIGINAL.indexOf("the same");
        int second = ORIGINAL.lastIndexOf("the same");
        assertThat(alignment.find("the same words", 0.5)).contains(alignment.ofOriginal(new Span(first, first + 14)));
        assertThat(alignment.find("the same words", 1)).contains(alignment.ofOriginal(new Span(second, second + 14)));
    }

    @Test
    void bridgesWhatCleaningLeftOut() {
        String before = "A long beginning of a paragraph that has many words in it";
        String after = "and a long end of it that has as many words again";
        Alignment text = new Alignment(before + "\n\nPage 12 of 80\n\n" + after);
        Span all = text.ofOriginal(new Span(0, before.length() + after.length() + 17));
        assertThat(text.find(before + " " + after, 0)).contains(all);
    }
}
