package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PassageAnalyzerTest {
    private static List<String> words(Analyzer analyzer, String text) throws IOException {
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream("text", text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(word.toString());
            }
            tokens.end();
        }
        return words;
    }

    @CsvSource({
        "ENGLISH, employees' benefits, employee benefit",
        "GERMAN, Häuser, Haus",
        "GERMAN, Kündigungsfristen, Kuendigungsfrist",
        "GERMAN, Straße, Strasse",
        "FRENCH, journaux, journal",
        "FRENCH, l'avion, avions",
        "FRENCH, aujourd’hui, aujourd'hui",
        "SPANISH, vacaciones, vacación",
        "SPANISH, empleados, empleado",
        "ITALIAN, dell'azienda, aziende",
        "ITALIAN, contratti, contratto",
        "PORTUGUESE, informações, informação",
        "PORTUGUESE, funcionários, funcionário",
        "DUTCH, contracten, contract",
        "DUTCH, vakantiedagen, vakantiedag",
        "SWEDISH, anställningar, anställning",
        "SWEDISH, bilarna, bil",
        "CJK, ＰｅｒｋｓＰｌｕｓ, PerksPlus",
        "CJK, policies, policy",
        "OTHER, ŁÓDŹ, łódź",
    })
    @ParameterizedTest
    void readsInflectionsAlike(Language language, String one, String other) throws IOException {
        Analyzer analyzer = PassageAnalyzer.withoutStopWords(language);
        assertThat(words(analyzer, one)).isEqualTo(words(analyzer, other)).isNotEmpty();
    }

    @CsvSource({
        "ENGLISH, how do I get reimbursed, get reimburs",
        "GERMAN, wie lange ist die Kündigungsfrist, lang kundigungsfrist",
        "FRENCH, comment demander des congés, demand cong",
        "SPANISH, ¿cómo pido las vacaciones?, pido vacacion",
        "ITALIAN, come si chiedono le ferie, chiedon ferie",
        "PORTUGUESE, como pedir as férias, pedir feri",
        "DUTCH, hoe vraag ik de vakantie aan, vrag vakantie",
        "SWEDISH, hur söker jag semester, sok semest",
    })
    @ParameterizedTest
    void leavesOutWhatQuestionsAreMadeOf(Language language, String question, String expected) throws IOException {
        assertThat(words(PassageAnalyzer.withoutStopWords(language), question)).containsExactly(expected.split(" "));
    }

    @Test
    void readsEastAsianTextInPairs() throws IOException {
        assertThat(words(PassageAnalyzer.withoutStopWords(Language.CJK), "日本語")).containsExactly("日本", "本語");
        assertThat(words(PassageAnalyzer.ofAllWords(Language.CJK), "日本語")).containsExactly("日", "日本", "本", "本語", "語");
        assertThat(words(PassageAnalyzer.withoutStopWords(Language.CJK), "車")).containsExactly("車");
        assertThat(words(PassageAnalyzer.withoutStopWords(Language.CJK), "휴가규정"))
                .containsExactly("휴가", "가규", "규정");
    }

    @Test
    void doesNotStemOtherLanguages() throws IOException {
        assertThat(words(PassageAnalyzer.ofAllWords(Language.OTHER), "policies running"))
                .containsExactly("policies", "running");
    }

    @EnumSource(Language.class)
    @ParameterizedTest
    void keepsIdentifiersWholeInEveryLanguage(Language language) throws IOException {
        assertThat(words(PassageAnalyzer.withoutStopWords(language), "v1.2.3 10.1038 AB1234"))
                .contains("v1.2.3", "10.1038", "ab1234");
    }
}
