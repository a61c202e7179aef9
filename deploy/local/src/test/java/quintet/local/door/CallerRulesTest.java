package quintet.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerRulesTest {
    private final CallerRules local = new CallerRules("127.0.0.1", List.of("docs.example"));

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "LOCALHOST", "127.0.0.1:8080", "[::1]:8080", "docs.example:443"})
    void letsItsOwnNamesIn(String host) {
        assertThat(local.check("GET", host, null, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example:8080", "192.168.1.4:8080", "", "127.0.0.1.nip.io"})
    void keepsOtherNamesOutEvenForReading(String host) {
        assertThat(local.check("GET", host, null, null))
                .hasValueSatisfying(problem -> assertThat(problem.reason()).isEqualTo("HOST_NOT_ALLOWED"));
    }

    @Test
    void refusesARequestWithoutAHost() {
        assertThat(local.check("GET", null, null, null)).isPresent();
    }

    @Test
    void letsAnyAddressInWhenItListensOnAll() {
        CallerRules open = new CallerRules("0.0.0.0", List.of());

        assertThat(open.check("GET", "192.168.1.4:8080", null, null)).isEmpty();
        assertThat(open.check("GET", "[fe80::1]:8080", null, null)).isEmpty();
        assertThat(open.check("GET", "evil.example:8080", null, null)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, true",
        "http://LOCALHOST:8080, true",
        "http://localhost:9090, false",
        "https://evil.example, false",
        "http://127.0.0.1:8080, false",
        "null, false",
        "file://localhost:8080, false",
    })
    void letsOnlyItsOwnPagesChangeThings(String origin, boolean allowed) {
        assertThat(local.check("POST", "localhost:8080", origin, null).isEmpty())
                .isEqualTo(allowed);
    }

    @Test
    void refusesAnotherSiteThatHidesItsOrigin() {
        assertThat(local.check("DELETE", "localhost:8080", null, "cross-site")).isPresent();
        assertThat(local.check("DELETE", "localhost:8080", null, "same-origin")).isEmpty();
    }

    @Test
    void letsProgramsInThatSendNoOrigin() {
        assertThat(local.check("PUT", "localhost:8080", null, null)).isEmpty();
    }

    @Test
    void letsOtherPagesReadOnlyWhatTheBrowserKeepsFromThem() {
        assertThat(local.check("GET", "localhost:8080", "https://evil.example", "cross-site"))
                .isEmpty();
    }
}
