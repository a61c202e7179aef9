package quintet.ingest.pipeline.deduplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NormalTextTest {
    static Stream<Arguments> pairs() {
        return Stream.of(
                arguments("The  Same\n\tText", "the same text"),
                arguments("\u00a0 padded\u2003", "padded"),
                arguments("\ufb01nance \uff21\u2167", "finance aviii"),
                arguments("cafe\u0301", "caf\u00e9"),
                arguments("in\u00advisi\u200bble", "invisible"),
                arguments("\u201cso\u201d he\u2019s \u00abin\u00bb", "\"so\" he's \"in\""),
                arguments("3\u20134 \u2014 \u22125", "3-4 - -5"),
                arguments("and so on\u2026", "and so on..."));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void leavesOutWhatMakesNoDifference(String text, String normal) {
        assertThat(NormalText.of(text)).isEqualTo(normal);
    }

    @Test
    void keepsPunctuationThatChangesWhatIsSaid() {
        assertThat(NormalText.of("1.5 %")).isNotEqualTo(NormalText.of("15 %"));
        assertThat(NormalText.of("-5 °C")).isNotEqualTo(NormalText.of("5 °C"));
        assertThat(NormalText.of("no, stop")).isNotEqualTo(NormalText.of("no stop"));
    }

    @Test
    void isItsOwnNormalText() {
        String normal = NormalText.of(" A\u2019s  \uff22 \u00ad\u2014 c\u0301 ");
        assertThat(NormalText.of(normal)).isEqualTo(normal);
        assertThat(NormalText.sha256("")).startsWith("e3b0c44298fc1c14");
    }
}
