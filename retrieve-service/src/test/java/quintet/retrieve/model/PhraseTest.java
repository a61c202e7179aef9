package quintet.retrieve.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhraseTest {
    private static List<String> phrases(String query) {
        return Phrase.quotedIn(query).stream().map(Phrase::text).toList();
    }

    @Test
    void findsWhatIsInQuotes() {
        assertThat(phrases("what is the \"employee assistance program\"?"))
                .containsExactly("employee assistance program");
        assertThat(phrases("\"one\" and (\"two three\")")).containsExactly("one", "two three");
        assertThat(phrases("“curly ones” „deutsche“ „andere” «français»"))
                .containsExactly("curly ones", "deutsche", "andere", "français");
        assertThat(phrases("日本語の「文書管理」とは『規程』")).containsExactly("文書管理", "規程");
        assertThat(phrases("\"AB-1234\" \"10.1038/nature\"")).containsExactly("AB-1234", "10.1038/nature");
    }

    @Test
    void leavesOutThePunctuationThatAmericansPutInside() {
        assertThat(phrases("the \"remote work,\" the \"policy.\"")).containsExactly("remote work", "policy");
    }

    @ValueSource(
            strings = {
                "\"unbalanced phrase",
                "unbalanced phrase\"",
                "5\" pipe and 6\" pipe",
                "\" spaces around \"",
                "\"\"",
                "\"...\"",
                "rock'n'roll 'single quotes'",
                "a\"b\"c",
                "no quotes"
            })
    @ParameterizedTest
    void takesOtherQuotesForPlainText(String query) {
        assertThat(phrases(query)).isEmpty();
    }

    @Test
    void takesAVeryLongTextForPlain() {
        assertThat(phrases("\"" + "x".repeat(Phrase.MAX_LENGTH) + "\"")).hasSize(1);
        assertThat(phrases("\"" + "x".repeat(Phrase.MAX_LENGTH + 1) + "\"")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Phrase("x".repeat(Phrase.MAX_LENGTH + 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Phrase("?!"));
    }

    @CsvSource({
        "employee assistance program, The Employee  Assistance\u00a0Program helps.",
        "don't panic, DON’T PANIC",
        "2019-2024, the years 2019–2024",
        "office, the of\uFB01ce is office",
        "文書管理, 社内の文書管理規程",
        "max_tokens, set max_tokens=5",
        "C++, in C++ or Rust",
        "'sign up, now', 'Sign up, now!'",
    })
    @ParameterizedTest
    void isInATextThatHasItAsItIs(String phrase, String text) {
        assertThat(new Phrase(phrase).isIn(text)).isTrue();
    }

    @CsvSource({
        "employee assistance program, employees assistance programs",
        "assistance program, assistance programmes",
        "program, programs and a subprogram",
        "max_tokens, max_tokens_total",
        "RFC-2119, RFC 2119",
        "sign up now, 'Sign up, now'",
        "1.2, v1.2",
        "Müller, Muller",
    })
    @ParameterizedTest
    void isNotInATextThatHasSomethingLikeIt(String phrase, String text) {
        assertThat(new Phrase(phrase).isIn(text)).isFalse();
    }

    @Test
    void isFoundBehindAFalseStart() {
        assertThat(new Phrase("program").isIn("subprogram, programs, program")).isTrue();
    }
}
