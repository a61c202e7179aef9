package quintet.rerank.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service on a free port, with one worker so that time can run out. */
public class EdgeProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.test-port", "0",
                "quarkus.log.console.json.enabled", "false",
                "quintet.rerank.workers", "1",
                "quintet.rerank.cache-dir", "target/models");
    }
}
