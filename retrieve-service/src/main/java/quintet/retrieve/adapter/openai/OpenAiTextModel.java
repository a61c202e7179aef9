package quintet.retrieve.adapter.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.port.TextModel;

/**
 * {@link TextModel} over any server that speaks OpenAI's chat completions: one request, one answer, which is believed in nothing.
 * The JDK's client: its request can be cancelled and its answer bounded. Results come back on the caller's Vert.x context.
 */
@ApplicationScoped
class OpenAiTextModel implements TextModel {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    /** An answer of a few hundred tokens with all that servers put around it is far below. */
    private static final long MAX_ANSWER_BYTES = 256 * 1024;

    private final ObjectMapper json = new ObjectMapper();
    private final Optional<URI> address;
    private final String model;
    private final Optional<String> key;
    private final HttpClient client;

    OpenAiTextModel(ModelServerConfig config) {
        address = config.url().map(urls -> completions(urls.getFirst()));
        model = config.model();
        key = config.apiKeyFile().map(OpenAiTextModel::read);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.connectTimeout())
                .build();
    }

    private static URI completions(URI url) {
        if (!List.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "quintet.retrieve.model-server.url is %s, must be such as http://host:8000/v1".formatted(url));
        }
        return URI.create(url.toString().replaceAll("/+$", "") + "/chat/completions");
    }

    private static String read(Path file) {
        try {
            String key = Files.readString(file).strip();
            // The client would name the whole value in its complaint.
            if (!key.matches("[\\x21-\\x7e]+")) {
                throw new IllegalArgumentException(
                        "the API key file %s must hold one line without spaces".formatted(file));
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("the API key file %s cannot be read".formatted(file), e);
        }
    }

    @Override
    public boolean isConfigured() {
        return address.isPresent();
    }

    @Override
    public Uni<String> write(String instructions, String input, int maxTokens, Duration budget) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            HttpRequest request = request(instructions, input, maxTokens);
            Uni<String> answer = Uni.createFrom()
                    .completionStage(() -> send(request))
                    .ifNoItem()
                    .after(budget)
                    .failWith(() -> unavailable("did not answer within %d ms".formatted(budget.toMillis()), null))
                    .map(this::text)
                    .onFailure()
                    .transform(OpenAiTextModel::failure);
            return caller == null ? answer : answer.emitOn(work -> caller.runOnContext(_ -> work.run()));
        });
    }

    /** Cancelling what this returns closes the connection, so that the server can stop. */
    private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
        return client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    }

    private HttpRequest request(String instructions, String input, int maxTokens) {
        Map<String, Object> body = Map.of(
                "model",
                model,
                "messages",
                List.of(Map.of("role", "system", "content", instructions), Map.of("role", "user", "content", input)),
                "temperature",
                0,
                "max_tokens",
                maxTokens);
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address.orElseThrow())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
            key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
            return request.build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written as JSON", e);
        }
    }

    private String text(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == 429) {
            throw Failure.overloaded("MODEL_SERVER_OVERLOADED", "the model server refused for load (429)", RETRY_AFTER);
        }
        if (status != 200) {
            throw unavailable("answered with status %d".formatted(status), null);
        }
        try {
            JsonNode content = json.readTree(response.body())
                    .path("choices")
                    .path(0)
                    .path("message")
                    .path("content");
            if (!content.isTextual() || content.asText().isBlank()) {
                throw unavailable("wrote no text", null);
            }
            return content.asText();
        } catch (IOException e) {
            throw unavailable("answered with %d bytes that are no JSON".formatted(response.body().length), e);
        }
    }

    private static Failure failure(Throwable thrown) {
        return thrown instanceof Failure failure
                ? failure
                : unavailable("can not be reached (%s)".formatted(thrown.getMessage()), thrown);
    }

    private static Failure unavailable(String what, @Nullable Throwable cause) {
        return Failure.unavailable("MODEL_SERVER_UNAVAILABLE", "the model server " + what, cause);
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }
}
