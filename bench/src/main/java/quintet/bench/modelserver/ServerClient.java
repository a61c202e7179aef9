package quintet.bench.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quintet.bench.suite.SuiteException;

/** Talks to an OpenAI-compatible server as any client would. */
final class ServerClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final @Nullable String key;

    /**
     * Of an address.
     *
     * @param base with or without {@code /v1} at its end
     * @param key of the caller, if the server wants one
     */
    ServerClient(URI base, @Nullable String key) {
        String text = base.toString().replaceAll("/+$", "").replaceAll("/v1$", "");
        this.base = URI.create(text + "/");
        this.key = key;
    }

    /** A model that the server has. */
    record Model(String name, boolean choosesSpeculation) {}

    /** Returns the first model; one of our own servers can be told not to guess. */
    Model model() {
        JsonNode model = get("v1/models").path("data").path(0);
        if (!model.path("id").isTextual()) {
            throw new SuiteException(base + "v1/models names no model; is it an OpenAI-compatible server?");
        }
        return new Model(
                model.path("id").asText(), model.path("owned_by").asText().equals("quintet"));
    }

    /** Streams a completion. */
    Completion complete(Model model, String system, String user, int maxTokens, boolean speculation)
            throws InterruptedException {
        ObjectNode body = JSON.createObjectNode()
                .put("model", model.name())
                .put("max_tokens", maxTokens)
                .put("temperature", 0)
                .put("stream", true)
                .put("ignore_eos", true);
        body.putObject("stream_options").put("include_usage", true);
        body.putArray("messages").addObject().put("role", "system").put("content", system);
        body.withArray("messages").addObject().put("role", "user").put("content", user);
        if (model.choosesSpeculation()) {
            body.put("speculation", speculation);
        }
        CompletionReader reader = new CompletionReader(System::nanoTime);
        try {
            HttpResponse<Stream<String>> response = http.send(
                    request("v1/chat/completions")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() != 200) {
                    return Completion.refused(response.statusCode());
                }
                lines.forEach(reader::line);
            }
            return reader.end();
        } catch (IOException e) {
            throw new SuiteException(base + " broke off", e);
        }
    }

    /** Returns the sums of the metrics by name, over all labels; nothing if it has none. */
    Map<String, Double> metrics() {
        try {
            HttpResponse<Stream<String>> response =
                    http.send(request("metrics").GET().build(), HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                return response.statusCode() != 200
                        ? Map.of()
                        : lines.filter(line -> line.matches("[a-zA-Z_:][^ ]* .*"))
                                .collect(Collectors.groupingBy(
                                        line -> line.split("[{ ]", 2)[0],
                                        Collectors.summingDouble(ServerClient::value)));
            }
        } catch (IOException _) {
            return Map.of();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static double value(String line) {
        try {
            return Double.parseDouble(
                    line.substring(line.lastIndexOf('}') + 1).strip().replaceFirst("^[^ ]*[a-z:_]+ ", ""));
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private JsonNode get(String path) {
        try {
            HttpResponse<String> response =
                    http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new SuiteException("%s%s answered with status %d".formatted(base, path, response.statusCode()));
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new SuiteException(base + path + " does not answer as it should", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static SuiteException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SuiteException("interrupted", e);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    @Override
    public void close() {
        http.close();
    }
}
