package quintet.generate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GenerateConfigTest {
    @Test
    void hasItsDefaults() {
        GenerateConfig config = new SmallRyeConfigBuilder()
                .withMapping(GenerateConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build()
                .getConfigMapping(GenerateConfig.class);
        assertThat(config.maxConcurrentAnswers()).isEqualTo(256);
        assertThat(config.candidates()).isEqualTo(12);
        assertThat(config.maxContextTokens()).isEqualTo(2800);
        assertThat(config.generativeDeadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.extractiveDeadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.retrieveTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.rerankTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.claimTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.whenOverloaded()).isEqualTo(GenerateConfig.Overload.DEGRADE);
        assertThat(config.shutdownGrace()).isEqualTo(Duration.ofSeconds(8));
    }
}
