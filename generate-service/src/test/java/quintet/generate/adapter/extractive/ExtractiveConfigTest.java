package quintet.generate.adapter.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class ExtractiveConfigTest {
    @Test
    void hasItsDefaults() {
        ExtractiveConfig config = new SmallRyeConfigBuilder()
                .withMapping(ExtractiveConfig.class)
                .build()
                .getConfigMapping(ExtractiveConfig.class);
        assertThat(config.maxSentences()).isEqualTo(4);
        assertThat(config.sourceShare()).isEqualTo(0.4);
        assertThat(config.minRelevance()).isEqualTo(0.15);
        assertThat(config.minCoverage()).isEqualTo(0.5);
        assertThat(config.irrelevantCoverage()).isEqualTo(0.85);
    }
}
