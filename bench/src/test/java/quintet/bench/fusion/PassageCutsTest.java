package quintet.bench.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.bench.data.RetrievalSet;

class PassageCutsTest {
    private static List<PassageCuts.Cut> cut(String text) {
        return PassageCuts.of(
                new RetrievalSet("set", List.of(new RetrievalSet.Text("id", " Title ", text)), List.of()));
    }

    private static String words(int count) {
        return IntStream.range(0, count).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    @Test
    void aShortDocumentIsOnePassage() {
        assertThat(cut("One. Two  words.\nThree."))
                .containsExactly(new PassageCuts.Cut(0, "Title", "One. Two words. Three."));
    }

    @Test
    void aLongOneIsCutBetweenSentencesIntoPassagesOfEqualLength() {
        String sentence = words(19) + " end.";
        String text = String.join(" ", java.util.Collections.nCopies(20, sentence));
        assertThat(cut(text))
                .hasSize(3)
                .allSatisfy(cut -> assertThat(cut.text()).endsWith("end."))
                .allSatisfy(cut -> assertThat(cut.text().split(" ", -1)).hasSizeBetween(100, 160));
        assertThat(cut(text).stream().map(PassageCuts.Cut::text).collect(Collectors.joining(" ")))
                .isEqualTo(text);
    }

    @Test
    void aSentenceLongerThanAPassageIsCutToo() {
        assertThat(cut(words(400)).stream().map(PassageCuts.Cut::text).collect(Collectors.joining(" ")))
                .isEqualTo(words(400));
        assertThat(cut(words(400))).hasSize(3);
    }
}
