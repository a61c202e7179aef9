package quintet.embed.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service with its real model and no broker. */
public class EdgeProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("mp.messaging.incoming.chunks-created.connector", "smallrye-in-memory"),
                Map.entry("rabbitmq-port", "1"),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.log.console.json.enabled", "false"),
                Map.entry("quintet.embed.cache-dir", "target/models"));
    }
}
