package quintet.generate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quintet.generate.model.Sentence.Kind;

class SentenceSplitterTest {
    @Test
    void splitsAtFullStopsButNotInAbbreviationsNumbersAndInitials() {
        assertThat(texts("Dr. J. Smith pays $3.50 a visit, e.g. for a check-up. Is it covered? Yes! See p. 4."))
                .containsExactly(
                        "Dr. J. Smith pays $3.50 a visit, e.g. for a check-up.", "Is it covered?", "Yes!", "See p. 4.");
    }

    @Test
    void takesALineBreakInsideAParagraphForASpace() {
        String text =
                "Employees may take vacation after a long period of ninety days\nof service. They ask their manager.";
        assertThat(texts(text)).hasSize(2);
        assertThat(SentenceSplitter.split(text).getFirst().inline())
                .isEqualTo("Employees may take vacation after a long period of ninety days of service.");
    }

    @Test
    void joinsTheWordsBeforeAListWithItsItems() {
        List<Sentence> pieces =
                SentenceSplitter.split("The plan covers:\n• gym visits\n• yoga,\n• skiing.\nIt pays late.");
        assertThat(pieces.getFirst().kind()).isEqualTo(Kind.LIST);
        assertThat(pieces.getFirst().inline()).isEqualTo("The plan covers: gym visits; yoga; skiing.");
        assertThat(pieces.getLast().text()).endsWith("It pays late.");
    }

    @Test
    void boundsTheLengthOfAList() {
        String items = "- an item of some forty characters in length\n".repeat(40);
        assertThat(SentenceSplitter.split("Covered:\n" + items))
                .hasSizeGreaterThan(2)
                .allMatch(piece -> piece.text().length() <= 600);
    }

    @Test
    void tellsHeadingsAndRowsOfTablesFromSentences() {
        List<Sentence> pieces = SentenceSplitter.split(
                "Overview\nThe plan is good.\n\n| Year | Amount |\n| 2020 | 7 |\n# Leave\nAsk first.");
        assertThat(pieces)
                .extracting(Sentence::kind)
                .containsExactly(
                        Kind.FRAGMENT, Kind.SENTENCE, Kind.FRAGMENT, Kind.FRAGMENT, Kind.FRAGMENT, Kind.SENTENCE);
    }

    @Test
    void knowsOtherFullStops() {
        assertThat(texts("計画は良い。費用は千円です。")).containsExactly("計画は良い。", "費用は千円です。");
    }

    @Test
    void keepsEveryCharacterWithItsOffsetInAnyText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "ab Z.!?:;\n\n•-1)\"'| \t。é😀";
        for (int run = 0; run < 2_000; run++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(60), 0, alphabet.codePointCount(0, alphabet.length()))
                    .forEach(i -> text.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, i))));
            int last = 0;
            StringBuilder covered = new StringBuilder();
            for (Sentence piece : SentenceSplitter.split(text.toString())) {
                assertThat(piece.start()).as("seed %d, text %s", seed, text).isGreaterThanOrEqualTo(last);
                assertThat(piece.text()).isEqualTo(text.substring(piece.start(), piece.end()));
                covered.append(piece.text());
                last = piece.end();
            }
            assertThat(covered.toString().replaceAll("\\s", ""))
                    .as("seed %d", seed)
                    .isEqualTo(text.toString().replaceAll("\\s", ""));
        }
    }

    @Test
    void isLinearInTheLengthOfAHostileText() {
        assertThat(SentenceSplitter.split("a.\n".repeat(100_000))).isNotEmpty();
        assertThat(SentenceSplitter.split(".".repeat(200_000))).isNotEmpty();
    }

    private static List<String> texts(String text) {
        return SentenceSplitter.split(text).stream().map(Sentence::text).toList();
    }
}
