package quintet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The suite as its user meets it: started by the script, on a free port, in an empty data folder. */
final class Suite implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Path HOME = Path.of(System.getProperty("quintet.home")).toAbsolutePath();
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(3);

    /**
     * What a command left.
     *
     * @param output standard output and standard error together
     */
    record Result(int exitCode, String output) {}

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path data;
    private final int port;
    private final List<String> options;

    Suite(Path data, String... options) {
        this.data = data;
        this.port = freePort();
        this.options = List.of(options);
    }

    /** Returns a folder of the checkout. */
    static Path home(String path) {
        return HOME.resolve(path);
    }

    /** Runs {@code up} and fails with its output and the logs unless everything became ready. */
    Suite up() {
        List<String> arguments = new ArrayList<>(List.of("up", "--port", String.valueOf(port)));
        arguments.addAll(options);
        Result result = quintet(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.output()).isZero();
        return this;
    }

    /** Runs one command of the script against this suite. */
    Result quintet(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("sh", HOME.resolve("quintet").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString()));
        return run(command, Map.of());
    }

    /** Runs any command with extra environment variables; it must end within three minutes. */
    static Result run(List<String> command, Map<String, String> environment) {
        return run(command, environment, COMMAND_LIMIT);
    }

    /** Runs any command with extra environment variables, for so long at most. */
    static Result run(List<String> command, Map<String, String> environment, Duration limit) {
        Path output = null;
        try {
            output = Files.createTempFile("quintet-e2e", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            // The jars were just packaged by the build that runs this test: the script must not build them again.
            builder.environment().put("QUINTET_BUILD", "never");
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "%s did not end within %s: %s".formatted(command, limit, Files.readString(output)));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            if (output != null) {
                var _ = output.toFile().delete();
            }
        }
    }

    /** Returns what {@code status --json} says. */
    JsonNode status() {
        Result result = quintet("status", "--json");
        try {
            return JSON.readTree(result.output());
        } catch (IOException e) {
            throw new AssertionError(result.output(), e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    HttpResponse<String> post(String path, String json) {
        return post(path, "application/json", BodyPublishers.ofString(json));
    }

    HttpResponse<String> post(String path, String contentType, BodyPublisher body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .POST(body));
    }

    HttpResponse<String> put(String path, String contentType, BodyPublisher body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .PUT(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the body of a response that must have {@code status}. */
    static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    /** Puts a text as a document. */
    JsonNode putText(String collection, String id, String title, String text) {
        String body =
                JSON.createObjectNode().put("title", title).put("text", text).toString();
        return json(put(documents(collection) + "/" + id, "application/json", BodyPublishers.ofString(body)), 202);
    }

    /** Waits until a document is READY or FAILED and returns it. */
    JsonNode settled(String collection, String id) {
        return await("document " + id)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> json(get(documents(collection) + "/" + id), 200),
                        document -> Set.of("READY", "FAILED")
                                .contains(document.path("state").asText()));
    }

    static String documents(String collection) {
        return "/v1/collections/" + collection + "/documents";
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops everything; what is left over afterwards is a failure. */
    @Override
    public void close() {
        Result result = quintet("down");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(leftOver()).as("processes left over").isEmpty();
    }

    /** Returns the command lines of processes that work in the data folder. */
    List<String> leftOver() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(data.toString()) && !line.contains("surefire"))
                .toList();
    }
}
