package quintet.retrieve.adapter.qdrant;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A {@link QdrantServer} for the service in its container. */
public class QdrantResource implements QuarkusTestResourceLifecycleManager {
    private final QdrantServer server = new QdrantServer();

    @Override
    public Map<String, String> start() {
        return Map.of("quintet.retrieve.qdrant.url", server.url());
    }

    @Override
    public void stop() {
        server.close();
    }
}
