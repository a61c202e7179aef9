package quintet.retrieve.adapter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.retrieve.port.PassageIndexContract.await;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;

/** The model server over real HTTP: what it does right and wrong is scripted. */
class OpenAiTextModelTest {
    private static final Duration BUDGET = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private OpenAiTextModel model;
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile boolean hangs;
    private volatile String seen = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", exchange -> {
            seen = exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (hangs) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Path key = Files.writeString(folder.resolve("key"), "secret\n");
        model = model("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/", key);
    }

    @AfterEach
    void stop() {
        end.countDown();
        model.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static OpenAiTextModel model(String url, Path key) {
        return new OpenAiTextModel(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ModelServerConfig.class)
                .withDefaultValue("quintet.retrieve.model-server.url", url)
                .withDefaultValue("quintet.retrieve.model-server.model", "small")
                .withDefaultValue("quintet.retrieve.model-server.api-key-file", key.toString())
                .build()
                .getConfigMapping(ModelServerConfig.class));
    }

    private void fails(String reason, String message) {
        assertThatThrownBy(() -> await(model.write("do", "this", 8, BUDGET)))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(reason);
                    assertThat(failure.message()).contains(message).doesNotContain("secret");
                });
    }

    @Test
    void asksForOneShortText() {
        answer = "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"written \\\"so\\\"\"}}],"
                + " \"more\": 1}";
        assertThat(model.isConfigured()).isTrue();
        assertThat(await(model.write("do", "this", 8, BUDGET))).isEqualTo("written \"so\"");
        assertThat(seen)
                .startsWith("Bearer secret {")
                .contains("\"model\":\"small\"", "\"max_tokens\":8", "\"temperature\":0", "\"content\":\"this\"");
    }

    @Test
    void doesNotWaitForEver() {
        hangs = true;
        assertThatThrownBy(() -> await(model.write("do", "this", 8, Duration.ofMillis(100))))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.message()).contains("did not answer within 100 ms"));
    }

    @Test
    void believesNoAnswer() {
        for (String garbage : new String[] {
            "",
            "no JSON",
            "{",
            "[]",
            "{}",
            "{\"choices\": []}",
            "{\"choices\": [{\"message\": {\"content\": null}}]}",
            "{\"choices\": [{\"message\": {\"content\": \" \"}}]}",
            "{\"choices\": [{\"message\": {\"content\": 5}}]}"
        }) {
            answer = garbage;
            fails("MODEL_SERVER_UNAVAILABLE", "the model server ");
        }
        answer = "{\"choices\": [{\"message\": {\"content\": \"%s\"}}]}".formatted("x".repeat(300_000));
        fails("MODEL_SERVER_UNAVAILABLE", "can not be reached");
    }

    @Test
    void saysWhatTheServerRefused() {
        status = 429;
        fails("MODEL_SERVER_OVERLOADED", "429");
        status = 404;
        fails("MODEL_SERVER_UNAVAILABLE", "status 404");
        status = 500;
        fails("MODEL_SERVER_UNAVAILABLE", "status 500");
    }

    @Test
    void aServerThatIsGoneIsNoBug() {
        server.stop(0);
        fails("MODEL_SERVER_UNAVAILABLE", "can not be reached");
    }

    @Test
    void refusesAnAddressThatIsNone() throws IOException {
        Path key = Files.writeString(folder.resolve("other"), "two words");
        assertThatThrownBy(() -> model("ftp://host", key)).hasMessageContaining("must be such as http://host:8000/v1");
        assertThatThrownBy(() -> model("http://host/v1", key))
                .hasMessageContaining("one line without spaces")
                .hasMessageNotContaining("two words");
    }
}
