package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageLanguageTest {
    @CsvSource({
        "en, ENGLISH, 'The plan covers two cleanings a year.'",
        "'', ENGLISH, 'PerksPlus'",
        "'', ENGLISH, ''",
        "de, GERMAN, 'Kündigungsfrist: drei Monate'",
        "fr, FRENCH, 'Congés payés'",
        "es, SPANISH, 'Vacaciones'",
        "it, ITALIAN, 'Ferie'",
        "pt, PORTUGUESE, 'Férias'",
        "nl, DUTCH, 'Vakantiedagen'",
        "sv, SWEDISH, 'Semester'",
        "ja, CJK, '文書管理規程'",
        "'', CJK, '日本語の文書'",
        "ko, CJK, '휴가 규정'",
        "pl, OTHER, 'Urlop jest udzielany na wniosek pracownika, a do wniosku należy dołączyć zgodę przełożonego, bo to on decyduje.'",
        "xx, OTHER, 'Dolorem ipsum'",
    })
    @ParameterizedTest
    void isThatOfTheDocument(String declared, Language expected, String text) {
        assertThat(PassageLanguage.of(declared, text)).isEqualTo(expected);
    }

    @CsvSource({
        "en, GERMAN, 'Die Frist beträgt drei Monate, und sie beginnt mit dem Ende des Monats, in dem das Schreiben zugeht.'",
        "'', FRENCH, 'Les congés sont pris avec l''accord du chef de service, qui les refuse dans les cas de nécessité.'",
        "de, ENGLISH, 'The notice has to be given in writing, and it is counted from the end of the month.'",
        "de, ENGLISH, 'FOR ABSTRACTS OF EARLIER STUDIES SEE 80/2168, 81/441 AND 81/442.'",
        "no, ENGLISH, 'if this is not a valid value then return the default, or raise an error for it'",
        "en, CJK, '社内の文書管理規程 (document management policy)'",
        "en, ENGLISH, 'import com.google.cloud.tools; import com.google.truth; import com.google.io'",
        "ja, ENGLISH, 'The policy is in force from the first day of the month.'",
    })
    @ParameterizedTest
    void isAnotherThanTheDocumentsWhereItClearlyIs(String declared, Language expected, String text) {
        assertThat(PassageLanguage.of(declared, text)).isEqualTo(expected);
    }

    @Test
    void staysThatOfTheDocumentWhereStopWordsAreShared() {
        // was, in, an, so, man, die, will and war are German stop words too.
        assertThat(PassageLanguage.of("en", "He was in an art war so man will die in it."))
                .isEqualTo(Language.ENGLISH);
    }
}
