package quintet.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingTest {
    @Test
    void tellsNeitherAWebhookNorACollectorOfTheTrainingRun() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUINTET_WEBHOOK_URL", "https://example.org/hook",
                "QUINTET_OTLP_ENDPOINT", "http://127.0.0.1:4317",
                "JAVA_HOME", "/opt/jdk",
                "PATH", "/usr/bin"));

        Training.hideSettings(environment);

        assertThat(environment).containsOnlyKeys("JAVA_HOME", "PATH");
    }
}
