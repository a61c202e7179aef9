package quintet.generate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.generate.pipeline.CitationParser.Piece;

class CitationParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            It is so [1].            | It is so <1>.
            Both [1][2] and [3, 4]   | Both <1><2> and <3><4>
            Spaces [ 12 ; 3 ]        | Spaces <12><3>
            Not [a1] nor [] nor [1   | Not [a1] nor [] nor [1
            [[2]] arrays[i] x[0]     | [<2>] arrays[i] x<0>
            A [12345] long number    | A [12345] long number
            """)
    void findsMarksHoweverTheTextIsCut(String text, String expected) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 50; run++) {
            CitationParser parser = new CitationParser();
            List<Piece> pieces = new ArrayList<>();
            int at = 0;
            while (at < text.length()) {
                int next = Math.min(text.length(), at + 1 + random.nextInt(3));
                pieces.addAll(parser.push(text.substring(at, next)));
                at = next;
            }
            pieces.addAll(parser.end());
            assertThat(written(pieces)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void passesTextOnAtOnceAndHoldsBackOnlyWhatMayBecomeAMark() {
        CitationParser parser = new CitationParser();
        assertThat(written(parser.push("Yes"))).isEqualTo("Yes");
        assertThat(written(parser.push(" indeed ["))).isEqualTo(" indeed ");
        assertThat(parser.push("1")).isEmpty();
        assertThat(written(parser.push("]."))).isEqualTo("<1>.");
    }

    @Test
    void doesNotWaitForeverForAMarkThatNeverCloses() {
        CitationParser parser = new CitationParser();
        assertThat(written(parser.push("[" + "1, ".repeat(40)))).startsWith("[1, 1, ");
    }

    private static String written(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Text(String part) -> text.append(part);
                case Piece.Mark(int number) -> text.append('<').append(number).append('>');
            }
        }
        return text.toString();
    }
}
