package quintet.ingest.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quintet.ingest.TestConfigs;

class DispatchConfigTest {
    @Test
    void lanesAreAFewSecondsDeep() {
        DispatchConfig config = TestConfigs.of(DispatchConfig.class, Map.of());
        assertThat(config.parseDocuments()).isEqualTo(64);
        assertThat(config.parseBytes().asLongValue()).isEqualTo(32L << 20);
        assertThat(config.embedParts()).isEqualTo(128);
        assertThat(config.embedBytes().asLongValue()).isEqualTo(256L << 10);
        assertThat(config.embedBytesMin().asLongValue()).isEqualTo(32L << 10);
        assertThat(config.embedWork()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.removals()).isEqualTo(256);
        assertThat(config.lease()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.weights()).isEmpty();
    }

    @Test
    void weightsAreGivenByCollection() {
        DispatchConfig config =
                TestConfigs.of(DispatchConfig.class, Map.of("quintet.ingest.dispatch.weights.\"hr-handbook\"", "4"));
        assertThat(config.weights()).containsOnly(Map.entry("hr-handbook", 4));
    }
}
