package quintet.retrieve.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbbreviationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ask the Employee Assistance Program (EAP) for help | EAP | Employee Assistance Program",
                "the in-network Preferred Provider Organization (PPO), and | PPO | Preferred Provider Organization",
                "EAP (Employee Assistance Program) is free | EAP | Employee Assistance Program",
                "heat shock transcription factor (HSF) | HSF | heat shock transcription factor",
                "Research and Development (R&D) | R&D | Research and Development"
            })
    void findsTheLongForm(String text, String shortForm, String longForm) {
        assertThat(Abbreviation.in(text)).containsExactly(new Abbreviation(shortForm, longForm));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the plan (the best)",
                "a list (A) of things",
                "costs rise (2023) again",
                "no such letters here (XQZ)",
                "It ends here. Another Program (EAP)",
                "see chapter five (PDF",
                "TEST (test1)",
                "call read_all_bytes(RAB)",
                "",
                "(EAP)",
                "((((EAP))))"
            })
    void findsNothingElse(String text) {
        assertThat(Abbreviation.in(text)).isEmpty();
    }

    @Test
    void linesBreakAnywhere() {
        assertThat(Abbreviation.in("a Health\nSavings  Account (HSA)"))
                .containsExactly(new Abbreviation("HSA", "Health Savings Account"));
    }

    @Test
    void findsEachOnce() {
        assertThat(Abbreviation.in("Primary Care Provider (PCP), a Primary Care Provider (PCP); out of pocket (OOP)"))
                .extracting(Abbreviation::shortForm)
                .containsExactly("PCP", "OOP");
    }

    @Test
    void isFastOnHostileText() {
        String text = "a b (AB) ".repeat(20_000) + "(".repeat(50_000) + "A (" + "x".repeat(50_000);
        assertThat(Abbreviation.in(text)).hasSizeLessThan(10);
    }
}
