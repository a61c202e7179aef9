package quintet.generate.pipeline.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static List<String> unknown(String sentence, String... texts) {
        return Names.unknown(sentence, Names.words(List.of(texts)), true);
    }

    @Test
    void findsNumbersThatNobodyGave() {
        assertThat(unknown("At most $1,500 a year are paid.", "The bound is $1,000 a year."))
                .containsExactly("1,500");
        assertThat(unknown("At most 1000 dollars.", "The bound is $1,000 a year."))
                .isEmpty();
        assertThat(unknown("Since 2019 it is 3.5 %.", "It is 3.5 percent (2019)."))
                .isEmpty();
        assertThat(unknown("It was 12345.", "It was 12.345 in all.")).isEmpty();
        assertThat(unknown("It was 1,500.", "It was 1 of 500.")).containsExactly("1,500");
    }

    @Test
    void findsNamesThatNobodyGave() {
        assertThat(unknown("Costs are approved by Maria Lopez.", "Costs are approved by Dr. Kim."))
                .containsExactly("Maria", "Lopez");
        assertThat(unknown("Kim's team approves.", "Ask Kim.")).isEmpty();
        assertThat(unknown("See RFC-2119 and the Contoso-Northwind plan.", "RFC 2119; Contoso; Northwind"))
                .isEmpty();
    }

    @Test
    void takesTheFirstWordOfASentenceForNoName() {
        assertThat(unknown("Costs: Gyms are paid. \"Yoga\" is too.", "nothing")).isEmpty();
    }

    @Test
    void asksForNumbersOnlyWhereNounsHaveCapitals() {
        assertThat(Names.haveCapitals(
                        List.of("Die Kosten des Vertrags trägt nach der Kündigung in jedem Fall der Mieter,"
                                + " wenn die Frist aus dem Vertrag nicht gewahrt wird und die Wohnung leer steht.")))
                .isFalse();
        assertThat(Names.haveCapitals(List.of("The costs of the contract are paid by the tenant in every case, if the"
                        + " period of the contract is not kept and the flat of Mr Kim is empty.")))
                .isTrue();
        assertThat(Names.unknown("Das zahlt der Vermieter seit 2019.", Names.words(List.of("nichts")), false))
                .containsExactly("2019");
    }
}
