package quintet.ingest.pipeline.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineJoinerTest {
    @Test
    void joinsTheLinesOfASentence() {
        assertThat(join("The deductible is the amount\nthat you pay before the plan\nbegins to pay."))
                .isEqualTo("The deductible is the amount that you pay before the plan begins to pay.");
    }

    @Test
    void undoesHyphenationAtLineEnds() {
        assertThat(join("This is a short exam-\nple of text.")).isEqualTo("This is a short example of text.");
    }

    @Test
    void keepsHyphensThatTheDocumentUsesElsewhere() {
        assertThat(join("A well-known fact. It is well-\nknown indeed."))
                .isEqualTo("A well-known fact. It is well-known indeed.");
        assertThat(join("The brand is a name. Generic, brand-\nname and other drugs."))
                .isEqualTo("The brand is a name. Generic, brand-name and other drugs.");
    }

    @Test
    void keepsHyphensOfDocumentsThatAreNotHyphenated() {
        String body = "A line of ordinary words without any break\n".repeat(300);
        assertThat(join(body + "with cutting-\nedge technology.")).endsWith("with cutting-edge technology.");
    }

    @Test
    void joinsNumbersCutAtAHyphen() {
        assertThat(join("Call the hotline at 1-\n800-555-1212.")).isEqualTo("Call the hotline at 1-800-555-1212.");
    }

    @Test
    void dropsSoftHyphens() {
        assertThat(join("inter\u00ad\nnational and tele\u00adphone")).isEqualTo("international and telephone");
    }

    @Test
    void keepsLinesThatEndOnPurpose() {
        assertThat(
                        join(
                                "Contoso Electronics\n1 Main Street\nAnytown\nPlease send every claim that you have to this address."))
                .isEqualTo(
                        "Contoso Electronics\n1 Main Street\nAnytown\nPlease send every claim that you have to this address.");
    }

    private static String join(String text) {
        return new LineJoiner(new Vocabulary(List.of(text))).join(text);
    }
}
