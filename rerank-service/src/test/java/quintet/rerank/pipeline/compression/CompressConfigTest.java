package quintet.rerank.pipeline.compression;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class CompressConfigTest {
    @Test
    void hasItsDefaults() {
        CompressConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(CompressConfig.class)
                .build()
                .getConfigMapping(CompressConfig.class);
        assertThat(config.threshold()).isEqualTo(0.3);
        assertThat(config.keepFirst()).isFalse();
        assertThat(config.mergeSimilarity()).isEqualTo(0.8);
        assertThat(config.maxScored()).isEqualTo(256);
        assertThat(config.maxPassages()).isEqualTo(64);
        assertThat(config.maxCharacters()).isEqualTo(131_072);
    }
}
