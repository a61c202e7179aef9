package quintet.local.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Searches in a collection. */
public final class Searches {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Api api;
    private final String collection;

    /** Searches behind a front door. */
    public Searches(URI door, String collection) {
        this.api = new Api(door);
        this.collection = collection;
    }

    /** Finds the passages nearest to a query; the whole answer. */
    public JsonNode search(String query) throws ApiException, InterruptedException {
        HttpRequest request = api.request("/v1/collections/" + collection + "/search")
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(Map.of("query", query))))
                .build();
        return api.send(request).body();
    }
}
