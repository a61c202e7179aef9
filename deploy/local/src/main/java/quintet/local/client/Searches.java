package quintet.local.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Searches in a collection. */
public final class Searches {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Api api;
    private final String path;

    /**
     * What is asked.
     *
     * @param topK number of hits; 0 for the default
     * @param mode hybrid, dense or lexical; absent for the default
     * @param filter which documents are looked at; absent for all
     * @param explain whether the answer says what each stage did
     */
    public record Asked(
            String query,
            int topK,
            @Nullable String mode,
            @Nullable String filter,
            boolean explain) {}

    /** Searches behind a front door. */
    public Searches(URI door, String collection) {
        this.api = new Api(door);
        this.path = "/v1/collections/" + encode(collection);
    }

    /** Finds the passages nearest to a query; the whole answer. */
    public JsonNode search(String query) throws ApiException, InterruptedException {
        return search(new Asked(query, 0, null, null, false));
    }

    /** Finds passages; the whole answer. */
    public JsonNode search(Asked asked) throws ApiException, InterruptedException {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("query", asked.query());
        if (asked.topK() != 0) {
            body.put("topK", asked.topK());
        }
        if (asked.mode() != null) {
            body.put("mode", asked.mode());
        }
        if (asked.filter() != null) {
            body.put("filter", asked.filter());
        }
        if (asked.explain()) {
            body.put("explain", true);
        }
        HttpRequest request = api.request(path + "/search")
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
                .build();
        return api.send(request).body();
    }

    /** Searches again as an earlier search of the same key did; what is then and now. */
    public JsonNode replay(String searchId, boolean explain) throws ApiException, InterruptedException {
        HttpRequest request = api.request(path + "/searches/" + encode(searchId) + "/replay?explain=" + explain)
                .timeout(TIMEOUT)
                .POST(BodyPublishers.noBody())
                .build();
        return api.send(request).body();
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
