package quintet.generate.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenAiConfigTest {
    @Test
    void hasItsDefaults() {
        OpenAiConfig config = new SmallRyeConfigBuilder()
                .withMapping(OpenAiConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build()
                .getConfigMapping(OpenAiConfig.class);
        assertThat(config.url()).isEmpty();
        assertThat(config.model()).isEqualTo("default");
        assertThat(config.apiKeyFile()).isEmpty();
        assertThat(config.maxTokens()).isEqualTo(1024);
        assertThat(config.temperature()).isZero();
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    }
}
