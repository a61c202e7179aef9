package quintet.ingest;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** A real database and a folder of its own; the consumers' channels are in memory, small limits are easy to reach. */
public class IngestTestResource implements QuarkusTestResourceLifecycleManager {
    private EmbeddedPostgres postgres;
    private FakeRetrieveService retrieve;

    @Override
    public Map<String, String> start() {
        postgres = EmbeddedPostgres.start();
        retrieve = new FakeRetrieveService();
        Map<String, String> properties = new HashMap<>(InMemoryConnector.switchIncomingChannelsToInMemory(
                "document-received",
                "chunks-staged",
                "document-indexed",
                "document-removed",
                "stage-failed",
                "vectors-missing"));
        properties.put("quarkus.datasource.jdbc.url", postgres.url());
        properties.put("quarkus.datasource.username", "postgres");
        try {
            properties.put(
                    "quintet.ingest.blobs.directory",
                    Files.createTempDirectory("quintet-blobs").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.put("quintet.ingest.limits.max-file", "1M");
        properties.put("quintet.ingest.limits.max-json", "1M");
        properties.put("quintet.ingest.limits.max-request", "3M");
        properties.put("quarkus.http.limits.max-body-size", "3M");
        properties.put("quintet.ingest.limits.max-documents", "5");
        properties.put("quintet.ingest.limits.max-uploads", "2");
        // Nobody embeds here, so that what was handed over stays under way.
        properties.put("quintet.ingest.dispatch.embed-parts", "10000");
        properties.put("quintet.ingest.dispatch.embed-bytes", "1G");
        properties.put("quintet.ingest.dispatch.embed-bytes-min", "1G");
        properties.put("quintet.ingest.dispatch.index-parts", "10000");
        properties.put("quintet.ingest.dispatch.index-bytes", "1G");
        properties.put("quintet.ingest.dispatch.removals", "10000");
        properties.put("quintet.ingest.bundle.export-wait", "1s");
        properties.put("quarkus.log.console.json.enabled", "false");
        properties.put("quarkus.grpc.clients.retrieve.test-port", Integer.toString(retrieve.port()));
        properties.put("quintet.ingest.index.timeout", "500ms");
        properties.put("quintet.ingest.events.poll", "20ms");
        properties.put("quintet.ingest.events.heartbeat", "200ms");
        properties.put("quintet.ingest.events.max-streams", "3");
        return properties;
    }

    @Override
    public void stop() {
        if (retrieve != null) {
            retrieve.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
