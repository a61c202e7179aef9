package quintet.generate.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenAiConfigTest {
    @Test
    void hasItsDefaults() {
        OpenAiConfig config = TestReplicas.config(Map.of());
        assertThat(config.url()).isEmpty();
        assertThat(config.model()).isEqualTo("default");
        assertThat(config.apiKeyFile()).isEmpty();
        assertThat(config.maxTokens()).isEqualTo(1024);
        assertThat(config.temperature()).isZero();
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.keepAlive()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.maxEventSize().asLongValue()).isEqualTo(262_144);
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.pollTimeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void takesSeveralServers() {
        OpenAiConfig config =
                TestReplicas.config(Map.of("quintet.generate.model-server.url", "http://a:8000/v1,https://b/v1/"));
        assertThat(config.url().orElseThrow())
                .containsExactly(URI.create("http://a:8000/v1"), URI.create("https://b/v1/"));
        Endpoint second = Endpoint.of(URI.create("https://b/v1/"), Optional.of("key"));
        assertThat(second).isEqualTo(new Endpoint("b:443", "b", 443, true, "/v1", Optional.of("Bearer key")));
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatThrownBy(() -> Endpoint.of(URI.create("localhost:8000"), Optional.empty()))
                .hasMessageContaining("has localhost:8000, must be such as http://host:8000/v1");
    }
}
