package quintet.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The front door as a client meets it that takes every answer for what it is and never asks twice by itself. Counts the answers that are
 * no success. Thread-safe.
 */
final class Door implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final URI base;
    private final Map<String, Integer> troubles = new ConcurrentSkipListMap<>();

    /**
     * An answer.
     *
     * @param status HTTP status; 0 if there was none
     */
    record Reply(int status, JsonNode body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Tells whether the request was turned down before anything came of it. */
        boolean isRefusal() {
            return status >= 400 && status < 500;
        }
    }

    Door(URI base) {
        this.base = base;
    }

    Reply put(Subject subject, String text) throws InterruptedException {
        String body = JSON.createObjectNode().put("text", text).toString();
        return send(
                HttpRequest.newBuilder(document(subject))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body)),
                "PUT");
    }

    Reply delete(Subject subject) throws InterruptedException {
        return send(HttpRequest.newBuilder(document(subject)).DELETE(), "DELETE");
    }

    Reply get(Subject subject) throws InterruptedException {
        return send(HttpRequest.newBuilder(document(subject)).GET(), "GET");
    }

    /** Searches for everything that holds the document's marker, by words alone. */
    Reply search(Subject subject) throws InterruptedException {
        String body = JSON.createObjectNode()
                .put("query", subject.marker())
                .put("mode", "lexical")
                .put("topK", Sighting.TOP_K)
                .toString();
        return send(
                HttpRequest.newBuilder(base.resolve("/v1/collections/" + subject.collection() + "/search"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)),
                "search");
    }

    /** Returns how often each kind of trouble was met. */
    Map<String, Integer> troubles() {
        return new TreeMap<>(troubles);
    }

    private URI document(Subject subject) {
        return base.resolve("/v1/collections/" + subject.collection() + "/documents/" + subject.id());
    }

    private Reply send(HttpRequest.Builder request, String what) throws InterruptedException {
        try {
            HttpResponse<byte[]> response =
                    http.send(request.timeout(TIME_LIMIT).build(), BodyHandlers.ofByteArray());
            JsonNode body = response.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(response.body());
            Reply reply = new Reply(response.statusCode(), body);
            if (!reply.isSuccess()) {
                trouble("%s %d %s"
                        .formatted(what, reply.status(), body.path("reason").asText()));
            }
            return reply;
        } catch (IOException e) {
            trouble(what + " " + e.getClass().getSimpleName());
            return new Reply(0, MissingNode.getInstance());
        }
    }

    private void trouble(String what) {
        troubles.merge(what.strip(), 1, Integer::sum);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
