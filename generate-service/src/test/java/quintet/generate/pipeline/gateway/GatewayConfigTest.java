package quintet.generate.pipeline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {
    @Test
    void hasItsDefaults() {
        GatewayConfig config = TestGateway.config(Map.of());
        assertThat(config.firstTokenTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.betweenTokensTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.streamsPerReplica()).isEqualTo(256);
        assertThat(config.maxQueued()).isEqualTo(256);
        assertThat(config.maxWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.batchShare()).isEqualTo(0.8);
        assertThat(config.loadBound()).isEqualTo(1.25);
        assertThat(config.failuresToEject()).isEqualTo(3);
        assertThat(config.ejection()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.maxEjection()).isEqualTo(Duration.ofSeconds(30));
    }
}
