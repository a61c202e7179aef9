package quintet.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MockModelServerTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void saysItsTokensAtTheirTimesThenUsageThenDone() throws Exception {
        Script script = Script.words(4).withStamps().paced(Duration.ofMillis(60), Duration.ofMillis(30));
        try (MockModelServer server = server(4, script)) {
            long begun = System.nanoTime();
            List<String> events = events(post(server, true).body());
            List<Stamp> stamps = events.subList(0, 4).stream()
                    .map(event -> event.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"))
                    .map(Stamp::parse)
                    .toList();
            assertThat(stamps.getFirst().leftNanos() - stamps.getFirst().arrivedNanos())
                    .isGreaterThanOrEqualTo(60_000_000L);
            for (int i = 1; i < 4; i++) {
                assertThat(stamps.get(i).leftNanos() - stamps.get(i - 1).leftNanos())
                        .isGreaterThanOrEqualTo(30_000_000L);
            }
            assertThat(stamps.getLast().leftNanos() - begun).isGreaterThanOrEqualTo(150_000_000L);
            assertThat(events.get(4)).contains("\"finish_reason\":\"stop\"");
            assertThat(events.get(5)).contains("\"completion_tokens\":4");
            assertThat(events.getLast()).isEqualTo("[DONE]");
        }
    }

    @Test
    void runsSoManyAtOnceAndLetsTheOthersWait() throws Exception {
        try (MockModelServer server = server(2, Script.words(3).failing(new Fault.Stall(1)))) {
            List<CompletableFuture<HttpResponse<InputStream>>> replies = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                replies.add(CLIENT.sendAsync(request(server, true), HttpResponse.BodyHandlers.ofInputStream()));
            }
            await(() -> server.counts().waiting() == 4);
            assertThat(get(server, "/metrics"))
                    .contains("vllm:num_requests_running{engine=\"0\",model_name=\"mock\"} 2.0")
                    .contains("vllm:num_requests_waiting{engine=\"0\",model_name=\"mock\"} 4.0");
            for (var reply : replies) {
                reply.get(20, TimeUnit.SECONDS).body().close();
            }
            await(() -> server.counts().cancelled() == 6);
            assertThat(server.counts().mostRunning()).isEqualTo(2);
            assertThat(server.counts().running()).isZero();
        }
    }

    @Test
    void stallsDiesBreaksOffErrsAndRefusesAsTheScriptSays() throws Exception {
        assertThat(faulty(new Fault.BreakOff(2))).hasSize(2);
        assertThat(faulty(new Fault.SayError(1, "engine dead")).getLast()).contains("engine dead");
        assertThatThrownBy(() -> faulty(new Fault.Die(1))).isInstanceOf(IOException.class);
        try (MockModelServer server = server(1, Script.words(1).failing(new Fault.Refuse(429, 7)))) {
            HttpResponse<String> refused = post(server, true);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("7");
            assertThat(server.counts().refused()).isEqualTo(1);
        }
    }

    @Test
    void knowsWhenAClientLeavesAndGivesItsSlotAway() throws Exception {
        try (MockModelServer server = server(1, Script.words(9).failing(new Fault.Stall(2)))) {
            try (InputStream stream = CLIENT.send(request(server, true), HttpResponse.BodyHandlers.ofInputStream())
                    .body()) {
                assertThat(stream.readNBytes(10)).hasSize(10);
                await(() -> server.counts().tokens() == 2);
            }
            await(() -> server.counts().running() == 0);
            assertThat(server.cancellations()).hasSize(1);
            assertThat(server.cancellations().getFirst().tokens()).isEqualTo(2);
        }
    }

    @Test
    void answersInOnePieceToo() throws Exception {
        try (MockModelServer server = server(1, Script.of(List.of("a", "b\"")))) {
            assertThat(post(server, false).body()).contains("\"content\":\"ab\\\"\"");
        }
    }

    @Test
    void finishesWhatRunsBeforeItStopsAndStartsAnewOnItsPort() throws Exception {
        MockModelServer server = server(1, Script.words(5).paced(Duration.ofMillis(100), Duration.ZERO));
        var running = CLIENT.sendAsync(request(server, true), HttpResponse.BodyHandlers.ofString());
        await(() -> server.counts().running() == 1);
        var stopped = server.drain();
        assertThat(post(server, true).statusCode()).isEqualTo(503);
        assertThat(running.get(10, TimeUnit.SECONDS).body()).endsWith("[DONE]\n\n");
        stopped.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> post(server, true)).isInstanceOf(IOException.class);
        server.start(server.port());
        assertThat(post(server, true).statusCode()).isEqualTo(200);
        server.close();
    }

    private static List<String> faulty(Fault fault) throws Exception {
        try (MockModelServer server = server(1, Script.words(5).failing(fault))) {
            return events(post(server, true).body());
        }
    }

    private static MockModelServer server(int slots, Script script) {
        return new MockModelServer(VERTX, slots, Dialect.VLLM, _ -> script).start(0);
    }

    private static List<String> events(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
    }

    private static HttpResponse<String> post(MockModelServer server, boolean stream) throws Exception {
        return CLIENT.send(request(server, stream), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(MockModelServer server, boolean stream) {
        return HttpRequest.newBuilder(URI.create(server.url() + "/chat/completions"))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}".formatted(stream)))
                .build();
    }

    private static String get(MockModelServer server, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }
}
