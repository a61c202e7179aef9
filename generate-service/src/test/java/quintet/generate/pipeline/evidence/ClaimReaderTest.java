package quintet.generate.pipeline.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import quintet.generate.model.Claim;

class ClaimReaderTest {
    private static final Pattern MARK = Pattern.compile("\\[(\\d+)]");

    private static final String ANSWER =
            "The gym is paid up to $1,000 a year [1][2]. Receipts go to HR by 31 March. [3] "
                    + "Yes. Dr. Kim approves costs above it, e.g. for trips [2]!\n\nIt covers:\n- yoga classes [1]\n- swimming lessons\n\n"
                    + "Nothing else is paid";

    private static List<Claim> read(List<String> pieces) {
        ClaimReader reader = new ClaimReader();
        List<Claim> claims = new ArrayList<>();
        for (String piece : pieces) {
            Matcher mark = MARK.matcher(piece);
            if (mark.matches()) {
                reader.mark(Integer.parseInt(mark.group(1)), piece);
            } else {
                claims.addAll(reader.text(piece));
            }
        }
        claims.addAll(reader.end());
        return claims;
    }

    /** Returns text and marks by themselves, as the parser of citations gives them. */
    private static List<String> pieces(String answer, Random random) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (MatchResult mark : MARK.matcher(answer).results().toList()) {
            cut(answer.substring(from, mark.start()), random, pieces);
            pieces.add(mark.group());
            from = mark.end();
        }
        cut(answer.substring(from), random, pieces);
        return pieces;
    }

    private static void cut(String text, Random random, List<String> pieces) {
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(9));
            pieces.add(text.substring(from, to));
            from = to;
        }
    }

    @Test
    void findsSentencesWithTheirMarks() {
        assertThat(read(pieces(ANSWER, new Random(1))))
                .extracting(Claim::text, Claim::cited)
                .containsExactly(
                        tuple("The gym is paid up to $1,000 a year .", List.of(1, 2)),
                        tuple("Receipts go to HR by 31 March.", List.of(3)),
                        tuple("Dr. Kim approves costs above it, e.g. for trips !", List.of(2)),
                        tuple("It covers: yoga classes; swimming lessons.", List.of(1)),
                        tuple("Nothing else is paid", List.of()));
    }

    @Test
    void findsTheSameHoweverTheAnswerArrives() {
        List<Claim> whole = read(pieces(ANSWER, new Random(0)));
        long seed = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(read(pieces(ANSWER, new Random(seed + i))))
                    .as("seed %d", seed + i)
                    .isEqualTo(whole);
        }
    }

    @Test
    void saysWhereASentenceIsInTheAnswerAsItWasSent() {
        for (Claim claim : read(pieces(ANSWER, new Random(3)))) {
            String sent = ANSWER.substring(claim.start(), claim.end());
            assertThat(sent).doesNotStartWith("[").doesNotStartWith(" ");
            assertThat(words(MARK.matcher(sent).replaceAll(""))).isEqualTo(words(claim.text()));
        }
    }

    @Test
    void tellsASentenceAsSoonAsTheNextOneBegins() {
        ClaimReader reader = new ClaimReader();
        assertThat(reader.text("Gyms are paid.")).isEmpty();
        reader.mark(1, "[1]");
        assertThat(reader.text(" ")).isEmpty();
        assertThat(reader.text("R")).singleElement().satisfies(claim -> {
            assertThat(claim.text()).isEqualTo("Gyms are paid.");
            assertThat(claim.cited()).containsExactly(1);
        });
    }

    @Test
    void keepsNoMoreThanALongSentence() {
        ClaimReader reader = new ClaimReader();
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            claims.addAll(reader.text("word" + i + " and "));
        }
        assertThat(claims).isNotEmpty();
    }

    private static String words(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
