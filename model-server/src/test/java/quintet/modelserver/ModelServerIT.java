package quintet.modelserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.modelserver.gguf.RandomModel;

/** The process as the launcher runs it, with llama.cpp and a tiny model. */
class ModelServerIT {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Duration START = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private URI server;

    @AfterEach
    void end() throws InterruptedException {
        http.close();
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process run(Path model) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        server = URI.create("http://127.0.0.1:" + port);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("QUINTET_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUINTET_MODEL_FILE", model.toString());
        builder.environment().put("QUINTET_MODEL_NAME", "tiny");
        builder.environment().put("QUINTET_MODEL_CONTEXT_TOKENS", "8192");
        builder.environment().put("QUINTET_LLAMA_CACHE_DIR", folder.toString());
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private Process runTiny() throws IOException {
        Path file = folder.resolve("tiny.gguf");
        RandomModel.tiny(3).write(file);
        Process process = run(file);
        await().atMost(START).until(() -> !process.isAlive() || get("/health") == 200);
        assertThat(process.isAlive()).withFailMessage(this::log).isTrue();
        return process;
    }

    private int get(String path) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException _) {
            return 0;
        }
    }

    private CompletableFuture<List<String>> stream(String body) {
        return http.sendAsync(
                        HttpRequest.newBuilder(server.resolve("/v1/chat/completions"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                                .build(),
                        BodyHandlers.ofString())
                .thenApply(response -> response.body()
                        .lines()
                        .filter(line -> line.startsWith("data: "))
                        .map(line -> line.substring("data: ".length()))
                        .toList());
    }

    private static String chat(int number, int maxTokens) {
        return ("{'model': 'tiny', 'messages': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content':"
                        + " 'Question %d?'}], 'max_tokens': %d, 'temperature': 0, 'stream': true, 'stream_options':"
                        + " {'include_usage': true}}")
                .formatted(number, maxTokens);
    }

    @Test
    void answersEightChatsAtOnce() throws Exception {
        runTiny();
        List<CompletableFuture<List<String>>> running =
                IntStream.range(0, 8).mapToObj(i -> stream(chat(i, 48))).toList();
        for (CompletableFuture<List<String>> chat : running) {
            List<String> events = chat.get(2, TimeUnit.MINUTES);
            assertThat(events.getLast()).isEqualTo("[DONE]");
            assertThat(JsonPath.from(events.getFirst()).getString("choices[0].delta.role"))
                    .isEqualTo("assistant");
            assertThat(JsonPath.from(events.get(events.size() - 3)).getString("choices[0].finish_reason"))
                    .isEqualTo("length");
            JsonPath usage = JsonPath.from(events.get(events.size() - 2));
            assertThat(usage.getInt("usage.completion_tokens")).isEqualTo(48);
            assertThat(usage.getInt("usage.prompt_tokens")).isGreaterThan(30);
        }
        // The same alone, guessed ahead or not.
        assertThat(text(stream(chat(3, 48)).get()))
                .isEqualTo(text(running.get(3).get()));
        assertThat(text(stream(chat(3, 48).replace("'stream':", "'speculation': false, 'stream':"))
                        .get()))
                .isEqualTo(text(running.get(3).get()));
        String metrics = http.send(
                        HttpRequest.newBuilder(server.resolve("/metrics")).build(), BodyHandlers.ofString())
                .body();
        assertThat(metrics).contains("vllm:generation_tokens_total{model_name=\"tiny\"");
        assertThat(get("/q/health/ready")).isEqualTo(200);
    }

    private static String text(List<String> events) {
        StringBuilder text = new StringBuilder();
        for (String event : events.subList(1, events.size() - 3)) {
            text.append(JsonPath.from(event).getString("choices[0].delta.content"));
        }
        return text.toString();
    }

    @Test
    void endsWhatRunsAndStopsWhenItIsAskedTo() throws Exception {
        Process process = runTiny();
        CompletableFuture<List<String>> endless = stream(chat(1, 100_000));
        await().atMost(Duration.ofSeconds(30)).until(() -> get("/health") == 200);
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        // It has ended: with a word, or with the connection.
        assertThat(endless.handle((events, thrown) -> events == null || !events.isEmpty())
                        .get(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(log()).doesNotContain("SIGSEGV");
    }

    @Test
    void saysWhyAModelCanNotBeRun() throws Exception {
        Path file = folder.resolve("new.gguf");
        RandomModel.tiny(3).withArchitecture("qwen99").write(file);
        Process process = run(file);
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(log()).contains("qwen99", "which this version of llama.cpp does not know", "--llama-library");
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
