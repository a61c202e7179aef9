package quintet.embed.adapter.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import quintet.embed.model.UnitVector;
import quintet.encoder.model.ModelException;
import quintet.failure.Failure;

/**
 * One request to {@code POST <url>/embeddings} and its answer, which is believed in nothing. The JDK's client: its callers are threads
 * that may block.
 */
final class EmbeddingServer implements AutoCloseable {
    /** A value in JSON has about 12 characters; more than this many a value is no answer. */
    private static final int MOST_BYTES_A_VALUE = 32;

    private static final int MOST_OTHER_BYTES = 1 << 20;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client;
    private final URI address;
    private final String model;
    private final int dimension;
    private final Duration timeout;
    private final Optional<String> key;

    /**
     * Reads the key.
     *
     * @throws ModelException if the configuration is not complete
     */
    EmbeddingServer(RemoteConfig config) {
        URI url = config.url().orElseThrow();
        if (!List.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            throw new ModelException(
                    "quintet.embed.remote.url is %s, must be such as http://host:8000/v1".formatted(url));
        }
        address = URI.create(url.toString().replaceAll("/+$", "") + "/embeddings");
        model = config.model()
                .orElseThrow(() -> new ModelException("quintet.embed.remote.model is missing, must name the model at "
                        + config.url().orElseThrow()));
        dimension = config.dimension();
        if (dimension < 1) {
            throw new ModelException("quintet.embed.remote.dimension is %d, must be the length of the vectors of %s"
                    .formatted(dimension, model));
        }
        timeout = config.readTimeout();
        key = config.apiKeyFile().map(EmbeddingServer::read);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.connectTimeout())
                .build();
    }

    String model() {
        return model;
    }

    int dimension() {
        return dimension;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /**
     * Asks once.
     *
     * @return vectors in the order of the texts
     * @throws ModelException if the answer is another model's
     * @throws Failure of kind UNAVAILABLE if it makes no sense, or the server wants no such client
     */
    List<UnitVector> embed(List<String> texts) throws TryAgainException, TextRefusedException, InterruptedException {
        HttpResponse<byte[]> response = send(texts);
        switch (response.statusCode()) {
            case 200 -> {}
            case 400, 413, 422 -> throw new TextRefusedException(response.statusCode());
            case 408, 425, 429, 500, 502, 503, 504 ->
                throw TryAgainException.ofStatus(
                        response.statusCode(),
                        response.headers()
                                .firstValue("Retry-After")
                                .flatMap(value -> RetryAfter.parse(value, Instant.now())));
            default ->
                throw unavailable("it answered with status %d, are URL, model and API key right?"
                        .formatted(response.statusCode()));
        }
        return vectors(parse(response.body()), texts.size());
    }

    static Failure unavailable(@Nullable String why) {
        return Failure.unavailable("EMBEDDING_SERVER_UNAVAILABLE", "the embedding server is of no use: " + why, null);
    }

    private HttpResponse<byte[]> send(List<String> texts) throws TryAgainException, InterruptedException {
        long limit = MOST_OTHER_BYTES + (long) texts.size() * dimension * MOST_BYTES_A_VALUE;
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request(texts), HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), limit));
        try {
            // The timeout of a request ends with the headers of its answer, this one with the last byte.
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw TryAgainException.ofNoAnswer("it did not answer within %d ms".formatted(timeout.toMillis()), e);
        } catch (ExecutionException e) {
            throw TryAgainException.ofNoAnswer("it can not be reached (%s)".formatted(e.getCause()), e);
        } finally {
            boolean _ = answer.cancel(true);
        }
    }

    private HttpRequest request(List<String> texts) {
        try {
            byte[] body = json.writeValueAsBytes(Map.of("model", model, "input", texts, "encoding_format", "float"));
            HttpRequest.Builder request = HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
            return request.build();
        } catch (IOException e) {
            throw new IllegalStateException("texts can always be written as JSON", e);
        }
    }

    private JsonNode parse(byte[] body) throws TryAgainException {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw TryAgainException.ofNoAnswer(
                    "it answered with %d bytes that are no JSON, or not all of it".formatted(body.length), null);
        }
    }

    private List<UnitVector> vectors(JsonNode answer, int count) {
        String name = answer.path("model").asText(model);
        if (!name.equals(model)) {
            throw new ModelException(
                    "the embedding server answers with model %s, %s is configured".formatted(name, model));
        }
        JsonNode data = answer.path("data");
        if (data.size() != count) {
            throw unavailable("it gave %d vectors for %d texts".formatted(data.size(), count));
        }
        @Nullable UnitVector[] vectors = new UnitVector[count];
        for (int i = 0; i < count; i++) {
            int index = data.get(i).path("index").asInt(i);
            if (index < 0 || index >= count || vectors[index] != null) {
                throw unavailable("it gave the index %d among %d texts, or twice".formatted(index, count));
            }
            vectors[index] = vector(data.get(i).path("embedding"));
        }
        List<UnitVector> ordered = new ArrayList<>(count);
        Arrays.stream(vectors).forEach(vector -> ordered.add(Objects.requireNonNull(vector)));
        return ordered;
    }

    private UnitVector vector(JsonNode numbers) {
        if (numbers.size() != dimension) {
            throw new ModelException("the embedding server's vectors have %d dimensions, %d are configured"
                    .formatted(numbers.size(), dimension));
        }
        double squares = 0;
        for (JsonNode number : numbers) {
            double value = number.isNumber() ? number.doubleValue() : Double.NaN;
            squares += value * value;
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw unavailable("it gave a vector of length " + length);
        }
        float[] values = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            values[i] = (float) (numbers.get(i).doubleValue() / length);
        }
        return new UnitVector(values);
    }

    private static String read(Path file) {
        try {
            String key = Files.readString(file).strip();
            // The client would name the whole value in its complaint.
            if (!key.matches("[\\x21-\\x7e]+")) {
                throw new ModelException("the API key file %s must hold one line without spaces".formatted(file));
            }
            return key;
        } catch (IOException e) {
            throw new ModelException("the API key file %s can not be read (%s)".formatted(file, e), e);
        }
    }
}
