package quintet.rerank.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RerankConfigTest {
    private final SmallRyeConfig config = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(RerankConfig.class)
            .withMapping(CascadeConfig.class)
            .build();

    @Test
    void hasItsDefaults() {
        RerankConfig ranking = config.getConfigMapping(RerankConfig.class);
        assertThat(ranking.firstStageWeight()).isEqualTo(0.5);
        assertThat(ranking.maxCandidates()).isEqualTo(256);
        assertThat(ranking.maxQueryCharacters()).isEqualTo(8192);
        assertThat(ranking.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(ranking.reserve()).isEqualTo(Duration.ofMillis(15));
        CascadeConfig cascade = config.getConfigMapping(CascadeConfig.class);
        assertThat(cascade.waveSize()).isEqualTo(16);
        assertThat(cascade.patience()).isEqualTo(8);
    }
}
