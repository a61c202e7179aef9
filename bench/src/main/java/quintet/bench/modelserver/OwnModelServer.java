package quintet.bench.modelserver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import quintet.bench.suite.SuiteException;
import quintet.modelserver.gguf.RandomModel;

/** The suite's own model server in a process, with a model of random weights that is made for it. */
public final class OwnModelServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int SLOTS = 64;

    private final Process process;
    private final Path folder;
    private final URI url;

    private OwnModelServer(Process process, Path folder, URI url) {
        this.process = process;
        this.folder = folder;
        this.url = url;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param home the checkout
     * @param model what to run
     * @param draft what guesses, if not the text so far
     * @param streams most streams that it has to take
     * @param streamTokens most tokens of a stream, prompt and completion
     */
    public static OwnModelServer start(
            Path home, RandomModel model, Optional<RandomModel> draft, int streams, int streamTokens) {
        Path jar = home.resolve("model-server/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new SuiteException(jar + " is missing; ./quintet up builds it");
        }
        try {
            Path folder = Files.createTempDirectory("quintet-bench-model");
            Path file = folder.resolve("random.gguf");
            model.write(file);
            Path draftFile = folder.resolve("draft.gguf");
            draft.ifPresent(small -> small.write(draftFile));
            int port = freePort();
            int slots = Math.min(SLOTS, streams);
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-jar",
                            jar.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            var environment = builder.environment();
            environment.put("QUINTET_HTTP_PORT", Integer.toString(port));
            environment.put("QUINTET_MODEL_FILE", file.toString());
            environment.put("QUINTET_DRAFT_FILE", draft.isPresent() ? draftFile.toString() : "");
            environment.put("QUINTET_LLAMA_CACHE_DIR", folder.toString());
            environment.put("QUINTET_LOG_JSON", "false");
            environment.put("QUINTET_MODEL_CONTEXT_TOKENS", Integer.toString(slots * streamTokens + 64));
            environment.put("QUINTET_MODEL_SERVER_LLAMA_SLOTS", Integer.toString(slots));
            environment.put("QUINTET_MODEL_SERVER_ENGINE_QUEUE", Integer.toString(streams));
            environment.put("OMP_WAIT_POLICY", "PASSIVE");
            OwnModelServer server = new OwnModelServer(builder.start(), folder, URI.create("http://127.0.0.1:" + port));
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new SuiteException("the model server could not be started", e);
        }
    }

    /** Returns its address. */
    public URI url() {
        return url;
    }

    private void awaitReady() {
        Instant end = Instant.now().plus(START_LIMIT);
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (process.isAlive() && Instant.now().isBefore(end)) {
                if (ready(http)) {
                    return;
                }
                boolean _ = process.waitFor(100, TimeUnit.MILLISECONDS);
            }
            String log = Files.readString(folder.resolve("log"));
            close();
            throw new SuiteException("the model server did not get ready:\n" + log);
        } catch (IOException e) {
            close();
            throw new SuiteException("the model server did not get ready", e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new SuiteException("interrupted", e);
        }
    }

    private boolean ready(HttpClient http) throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(url.resolve("/health"))
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Stops it and deletes its files. */
    @Override
    public void close() {
        process.destroy();
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            interrupted = true;
            process.destroyForcibly();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(java.util.Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("could not delete " + folder + ": " + e);
        }
    }
}
