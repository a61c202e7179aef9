package quintet.local.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A collection that is built anew beside itself; every answer is the re-index as it is then. */
public final class Reindexes {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Api api;
    private final String path;

    /** Of one collection, behind a front door. */
    public Reindexes(URI door, String collection) {
        this.api = new Api(door);
        this.path = "/v1/collections/"
                + URLEncoder.encode(collection, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Begins one. */
    public JsonNode begin(String order) throws ApiException, InterruptedException {
        return send(json("/reindex").POST(BodyPublishers.ofString(order)));
    }

    /** Returns the newest one. */
    public JsonNode get() throws ApiException, InterruptedException {
        return send(api.request(path + "/reindex"));
    }

    /** Decides: compare, switch, rollback, retry or finish. */
    public JsonNode decide(String action) throws ApiException, InterruptedException {
        return send(api.request(path + "/reindex/" + action).POST(BodyPublishers.noBody()));
    }

    /** Deletes the new generation. */
    public JsonNode discard() throws ApiException, InterruptedException {
        return send(api.request(path + "/reindex").DELETE());
    }

    /** Replaces the questions of the collection; returns how many there are. */
    public int ask(String questions) throws ApiException, InterruptedException {
        return send(json("/questions").PUT(BodyPublishers.ofString(questions)))
                .path("questions")
                .size();
    }

    private HttpRequest.Builder json(String below) {
        return api.request(path + below).header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request) throws ApiException, InterruptedException {
        return api.send(request.timeout(TIMEOUT).build()).body();
    }
}
