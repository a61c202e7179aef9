package quintet.generate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.Citation;
import quintet.generate.model.Claim;
import quintet.generate.model.Source;

class GroundingTest {
    private static final String TEXT = "Gyms are paid. The bound is $1000 a year. Receipts go to HR.";
    private final List<Source> sources = List.of(
            Sources.source(1, Sources.passage("perks", 3, 0, TEXT, 1), 0.9f, "$1000"),
            Sources.source(2, Sources.passage("other", 5, 0, "Nothing to see.", 1), 0.1f, ""));

    @Test
    void citesTheSentenceThatHasMostInCommonWithWhatWasJustSaid() {
        Citation citation = citations(
                        new Grounding(sources).push("HR wants receipts, but at most $1000 a year is the bound [1]."))
                .getFirst();
        assertThat(citation.sentence()).isEqualTo("The bound is $1000 a year.");
        assertThat(TEXT.substring(citation.start(), citation.end())).isEqualTo(citation.sentence());
        assertThat(citation.page()).isEqualTo(3);
        assertThat(citation.answer())
                .hasValueSatisfying(span ->
                        assertThat(TEXT.substring(span.start(), span.end())).isEqualTo("$1000"));
    }

    @Test
    void marksTheAnswerOnlyInsideTheCitedSentence() {
        assertThat(citations(new Grounding(sources).push("Receipts go to HR [1]."))
                        .getFirst()
                        .answer())
                .isEmpty();
    }

    @Test
    void looksAtTheSentenceBeforeWhenTheMarkStandsBehindTheFullStop() {
        Grounding grounding = new Grounding(sources);
        List<AnswerEvent> events = new ArrayList<>(grounding.push("Other things first. Receipts go to HR. [1]"));
        // An address might follow, and make it a link.
        assertThat(citations(events)).isEmpty();
        events.addAll(grounding.end());
        assertThat(citations(events).getFirst().sentence()).isEqualTo("Receipts go to HR.");
    }

    @Test
    void leavesOutMarksOfSourcesThatWereNotGiven() {
        Grounding grounding = new Grounding(sources);
        List<AnswerEvent> events = grounding.push("It is so [7][2].");
        assertThat(events)
                .filteredOn(AnswerEvent.Token.class::isInstance)
                .extracting(e -> ((AnswerEvent.Token) e).text())
                .containsExactly("It is so ", "[2]", ".");
        assertThat(grounding.unknownMarks()).isEqualTo(1);
    }

    @Test
    void takesTheMarkOfNoPassageForARefusal() {
        Grounding grounding = new Grounding(sources);
        List<AnswerEvent> events = new ArrayList<>(grounding.push("[0] The passages do not say."));
        events.addAll(grounding.end());
        assertThat(events).containsExactly(new AnswerEvent.Token("The passages do not say."));
        assertThat(grounding.refused()).isTrue();
        assertThat(grounding.unknownMarks()).isZero();
        var _ = grounding.push(" Gyms are paid [1].");
        assertThat(grounding.refused()).as("with another mark").isFalse();
    }

    @Test
    void tellsTheSentencesThatAreFinished() {
        Grounding grounding = new Grounding(sources);
        var _ = grounding.push("Gyms are paid [1]. Receipts go");
        assertThat(grounding.takeClaims()).singleElement().satisfies(claim -> {
            assertThat(claim.cited()).containsExactly(1);
            assertThat("Gyms are paid [1]. Receipts go".substring(claim.start(), claim.end()))
                    .isEqualTo("Gyms are paid [1].");
        });
        assertThat(grounding.takeClaims()).isEmpty();
        var _ = grounding.push(" to HR");
        var _ = grounding.end();
        assertThat(grounding.takeClaims()).extracting(Claim::text).containsExactly("Receipts go to HR");
    }

    private static List<Citation> citations(List<AnswerEvent> events) {
        return events.stream()
                .filter(AnswerEvent.Cited.class::isInstance)
                .map(event -> ((AnswerEvent.Cited) event).citation())
                .toList();
    }
}
