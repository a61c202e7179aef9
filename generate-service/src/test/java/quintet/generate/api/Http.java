package quintet.generate.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** A plain HTTP client for the tests of the edges. */
public final class Http {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    /** A server-sent event. */
    public record Event(String name, JsonNode data) {}

    /** A response and its body as JSON, a missing node where it is none. */
    public record Reply(int status, String type, String body) {
        /** Returns the body as JSON. */
        public JsonNode json() {
            return parse(body);
        }

        /** Returns the events of the body. */
        public List<Event> events() {
            List<Event> events = new ArrayList<>();
            String name = "";
            for (String line : body.lines().toList()) {
                if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    events.add(new Event(name, parse(line.substring(5))));
                }
            }
            return events;
        }
    }

    /** Sends {@code body} and returns the whole reply. */
    public static Reply post(String path, String accept, String body) {
        return send(request(path)
                .header("Accept", accept)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Gets {@code path}. */
    public static Reply get(String path) {
        return send(request(path).build());
    }

    /** Returns the beginning of a request. */
    public static HttpRequest.Builder request(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    /** Sends {@code request}. */
    public static Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the client itself. */
    public static HttpClient client() {
        return CLIENT;
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
