package quintet.rerank.pipeline.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quintet.rerank.model.TextSpan;

class SentenceSplitterTest {
    @Test
    void splitsAtFullStopsButNotInAbbreviationsNumbersAndInitials() {
        assertThat(texts("Dr. J. Smith pays $3.50 a visit, e.g. for a check-up. Is it covered? Yes! 計画は良い。費用は千円です。"))
                .containsExactly(
                        "Dr. J. Smith pays $3.50 a visit, e.g. for a check-up.",
                        "Is it covered?",
                        "Yes!",
                        "計画は良い。",
                        "費用は千円です。");
    }

    @Test
    void takesALineBreakInsideAParagraphForASpaceAndABlankLineForAnEnd() {
        assertThat(texts("Employees may take vacation\nafter ninety days. They ask\n\nNo full stop here"))
                .containsExactly("Employees may take vacation\nafter ninety days.", "They ask", "No full stop here");
    }

    @Test
    void keepsRowsItemsAndHeadingsWhole() {
        assertThat(texts("# Leave. Of absence\n"
                        + "Ask first.\n"
                        + "| Year. | Amount |\n"
                        + "| 2020 | 7. Or 8 |\n"
                        + "The plan covers:\n"
                        + "- a gym\n"
                        + "- a pool\n"
                        + "Plan\tYear\tAmount. Net"))
                .containsExactly(
                        "# Leave. Of absence",
                        "Ask first.",
                        "| Year. | Amount |",
                        "| 2020 | 7. Or 8 |",
                        "The plan covers:",
                        "- a gym",
                        "- a pool",
                        "Plan\tYear\tAmount. Net");
    }

    @Test
    void neverCutsABlockOfCode() {
        String code = "```java\nrun(); // Starts. Ends.\n\n# no heading\n```";
        assertThat(texts("Call it so:\n" + code + "\nThat is all."))
                .containsExactly("Call it so:", code, "That is all.");
        assertThat(texts("```\nnever. Closed")).containsExactly("```\nnever. Closed");
    }

    @Test
    void keepsEveryCharacterInItsPlaceInAnyText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "ab Z.!?:\n\n•-1)\"'|#` \t。é😀";
        for (int run = 0; run < 2_000; run++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(60), 0, alphabet.codePointCount(0, alphabet.length()))
                    .forEach(i -> text.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, i))));
            int last = 0;
            StringBuilder covered = new StringBuilder();
            for (TextSpan piece : SentenceSplitter.split(text.toString())) {
                assertThat(piece.start()).as("seed %d, text %s", seed, text).isGreaterThanOrEqualTo(last);
                covered.append(piece.in(text.toString()));
                last = piece.end();
            }
            assertThat(covered.toString().replaceAll("\\s", ""))
                    .as("seed %d", seed)
                    .isEqualTo(text.toString().replaceAll("\\s", ""));
        }
    }

    private static List<String> texts(String text) {
        return SentenceSplitter.split(text).stream().map(span -> span.in(text)).toList();
    }
}
