package quintet.bench.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** JSON over HTTP. Waits and tries again where the suite says that it is busy; thread-safe. */
final class HttpJson implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 60;
    private static final int BUSY = 429;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;

    HttpJson(URI base) {
        this.base = base;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path, JsonNode body) {
        return post(path, "application/json", BodyPublishers.ofString(body.toString()));
    }

    JsonNode post(String path, String contentType, BodyPublisher body) {
        return send(request(path).header("Content-Type", contentType).POST(body));
    }

    JsonNode put(String path, JsonNode body) {
        return send(
                request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body.toString())));
    }

    void delete(String path) {
        JsonNode _ = send(request(path).DELETE());
    }

    /** Tells whether anything answers a path with success. */
    boolean answers(String path) {
        try {
            return http.send(request(path).GET().build(), BodyHandlers.discarding())
                            .statusCode()
                    < 400;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw Interruption.failure("GET " + path, e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(TIME_LIMIT).header("Accept", "application/json");
    }

    private JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        String what = request.method() + " " + request.uri();
        try {
            for (int attempt = 1; ; attempt++) {
                HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
                if (response.statusCode() == BUSY && attempt < ATTEMPTS) {
                    Thread.sleep(Duration.ofSeconds(
                            response.headers().firstValueAsLong("Retry-After").orElse(1)));
                    continue;
                }
                JsonNode body =
                        response.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(response.body());
                if (response.statusCode() >= 400) {
                    throw new SuiteException("%s answered %d %s: %s"
                            .formatted(
                                    what,
                                    response.statusCode(),
                                    body.path("reason").asText(),
                                    body.path("detail")
                                            .asText(body.path("title").asText())));
                }
                return body;
            }
        } catch (IOException e) {
            throw new SuiteException(what + " failed: " + e, e);
        } catch (InterruptedException e) {
            throw Interruption.failure(what, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
