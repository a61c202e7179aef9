package quintet.ingest.pipeline.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnicodeNormalizerTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "e\u0301t\u00e9,été",
                "o\ufb03ce \ufb01le,office file",
                "a\u200bb\ufeffc\u2060d,abcd",
                "a\u00a0b\u2003c\td,a b c d",
                "non\u2011breaking,non-breaking",
                "soft\u00adhyphen,soft\u00adhyphen",
                "nul\u0000bell\u0007,nulbell",
                "\uf0b7 item,• item",
                "\ud83d\ude00,\ud83d\ude00",
                "x\ud800y,xy",
            })
    void givesEveryCharacterOneForm(String raw, String clean) {
        assertThat(UnicodeNormalizer.normalize(raw)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\rb", "a\u2028b", "a\fb"})
    void knowsEveryLineBreak(String raw) {
        assertThat(UnicodeNormalizer.normalize(raw)).isEqualTo("a\nb");
    }
}
