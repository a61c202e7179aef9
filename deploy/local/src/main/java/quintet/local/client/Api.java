package quintet.local.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to the front door: JSON in both directions, problems as {@link ApiException}. */
final class Api {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI door;

    Api(URI door) {
        this.door = door;
    }

    /** Begins a request, with the key of {@code QUINTET_API_KEY} if there is one: a command line is seen by everybody. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(door.toString().replaceFirst("/+$", "") + path));
        String key = System.getenv("QUINTET_API_KEY");
        return key == null || key.isBlank() ? request : request.header("Authorization", "Bearer " + key.strip());
    }

    /** Sends a request and reads the whole answer. */
    Reply send(HttpRequest request) throws ApiException, InterruptedException {
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw problem(response.statusCode(), response.body());
        }
        return new Reply(response.statusCode(), parse(response.body()));
    }

    /** Sends a request and hands out the answer as it comes; whoever gets it closes it. */
    InputStream stream(HttpRequest request) throws ApiException, InterruptedException {
        HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
        if (response.statusCode() < 400) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw problem(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw problem(response.statusCode(), String.valueOf(e.getMessage()));
        }
    }

    /** An answer: its status and its body. */
    record Reply(int status, JsonNode body) {}

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler)
            throws ApiException, InterruptedException {
        try {
            return http.send(request, handler);
        } catch (ConnectException _) {
            throw new ApiException(0, "Nobody answers at " + door);
        } catch (IOException e) {
            throw new ApiException(0, door + " broke off: " + e.getMessage());
        }
    }

    private static JsonNode parse(String body) throws ApiException {
        try {
            return JSON.readTree(body.isBlank() ? "null" : body);
        } catch (JacksonException e) {
            throw new ApiException(0, "The answer is no JSON: " + e.getOriginalMessage());
        }
    }

    /** {@code detail} and {@code reason} of a problem, or whatever else came. */
    private static ApiException problem(int status, String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            String detail =
                    problem.path("detail").asString(problem.path("title").asString(body));
            String reason = problem.path("reason").asString("");
            return new ApiException(status, reason.isEmpty() ? detail : detail + " [" + reason + "]");
        } catch (JacksonException _) {
            return new ApiException(status, "HTTP " + status + (body.isBlank() ? "" : ": " + body.strip()));
        }
    }
}
