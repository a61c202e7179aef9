package quintet.embed.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.subscription.Cancellable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quintet.embed.model.EmbedRequest;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
import quintet.embed.model.InputSide;
import quintet.embed.model.UnitVector;
import quintet.embed.model.Urgency;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.Tokenizer;
import quintet.failure.Failure;

@Timeout(20)
class RemoteEmbeddingModelTest {
    private static Tokenizer tokenizer;

    private final Map<String, String> settings = new TreeMap<>(Map.of(
            "model", "remote",
            "dimension", "2",
            "connections", "1",
            "backoff", "PT0.01S",
            "connect-timeout", "PT1S",
            "read-timeout", "PT10S",
            "max-pause", "PT5S",
            "drain", "PT0.1S"));
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private ScriptedServer server;

    @BeforeAll
    static void readTokenizer() {
        tokenizer = ModelPackage.ofResources("models/bge-small-en-v1.5-int8").tokenizer();
    }

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        opened.add(server);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void sendsTextsTogetherAndKeepsTheirOrder() {
        settings.put("batch-texts", "4");
        RemoteEmbeddingModel model = model();
        EmbedResult result = embed(model, "1", "22", "333", "4444", "55555", "6");
        assertThat(result.embeddings())
                .extracting(Embedding::vector)
                .containsExactly(unit(1), unit(2), unit(3), unit(4), unit(5), unit(1));
        assertThat(server.requests)
                .containsExactly(List.of("test"), List.of("1", "22", "333", "4444"), List.of("55555", "6"));
    }

    @Test
    void boundsTheTokensOfARequest() {
        settings.put("batch-tokens", "9");
        // With two special tokens each: 3, 3, 4 and 5.
        embed(model(), "a", "a", "a a", "a a a");
        assertThat(server.requests)
                .containsExactly(List.of("test"), List.of("a", "a"), List.of("a a"), List.of("a a a"));
    }

    @Test
    void putsPrefixesInFront() {
        settings.put("query-prefix", "query: ");
        settings.put("passage-prefix", "passage: ");
        RemoteEmbeddingModel model = model();
        embed(model, "a");
        model.embed(EmbedRequest.of(List.of("b"), InputSide.QUERY), Urgency.INTERACTIVE)
                .await()
                .indefinitely();
        model.embedWhenRoom(List.of("c"));
        assertThat(server.requests.subList(1, 4))
                .containsExactly(List.of("passage: a"), List.of("query: b"), List.of("passage: c"));
    }

    @Test
    void waitsAsLongAsTheServerSaysAndLetsCallersGoFirst() throws Exception {
        RemoteEmbeddingModel model = model();
        CountDownLatch refused = new CountDownLatch(1);
        server.next((exchange, _) -> {
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(429, -1);
            refused.countDown();
        });
        long begun = System.nanoTime();
        CompletableFuture<EmbedResult> document =
                CompletableFuture.supplyAsync(() -> model.embedWhenRoom(List.of("document")));
        refused.await();
        // The pause begins when the answer has been read.
        await().until(RemoteEmbeddingModelTest::somebodyIsHeldUp);
        embed(model, "question");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(990));
        document.get(5, TimeUnit.SECONDS);
        assertThat(server.requests)
                .containsExactly(List.of("test"), List.of("document"), List.of("question"), List.of("document"));
    }

    @Test
    void refusesWhileTheServerWantsALongPause() {
        RemoteEmbeddingModel model = model();
        server.next(429, "Retry-After", "3600");
        assertThatThrownBy(() -> embed(model, "a"))
                .hasMessageStartingWith("the embedding server wants no requests for 35")
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.OVERLOADED);
                    assertThat(failure.retryAfter().orElseThrow()).isGreaterThan(Duration.ofMinutes(59));
                });
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void asksAgainAfterFailuresThatMayPass() {
        RemoteEmbeddingModel model = model();
        server.next(500);
        server.next(503);
        server.next("{\"model\":\"remote\",\"data\":[{\"index\":0,\"embed");
        server.next((exchange, _) -> exchange.close());
        assertThat(embed(model, "22").embeddings().getFirst().vector()).isEqualTo(unit(2));
        assertThat(server.requests).hasSize(1 + 5);
    }

    @Test
    void givesUpAfterSomeTries() {
        settings.put("retries", "2");
        RemoteEmbeddingModel model = model();
        for (int i = 0; i < 3; i++) {
            server.next(500);
        }
        assertFails(model, "EMBEDDING_SERVER_UNAVAILABLE", "it answered with status 500, 3 times");
        assertThat(server.requests).hasSize(1 + 3);
        assertThat(embed(model, "a").embeddings()).hasSize(1);
    }

    @Test
    void doesNotWaitForAServerThatHangs() {
        settings.put("read-timeout", "PT0.5S");
        RemoteEmbeddingModel model = model();
        CountDownLatch closing = new CountDownLatch(1);
        opened.add(closing::countDown);
        server.next((_, _) -> closing.await());
        server.next((exchange, _) -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            closing.await();
        });
        assertThat(embed(model, "a").embeddings()).hasSize(1);
        assertThat(server.requests).hasSize(1 + 3);
    }

    @Test
    void endsTheStartWithAModelThatDoesNotFit() {
        server.next("{\"model\":\"remote\",\"data\":[{\"index\":0,\"embedding\":[1,2,3]}]}");
        assertThatThrownBy(this::model)
                .isInstanceOf(ModelException.class)
                .hasMessage("the embedding server's vectors have 3 dimensions, 2 are configured");
        server.next("{\"model\":\"other\",\"data\":[{\"index\":0,\"embedding\":[1,2]}]}");
        assertThatThrownBy(this::model)
                .isInstanceOf(ModelException.class)
                .hasMessage("the embedding server answers with model other, remote is configured");
        settings.remove("dimension");
        assertThatThrownBy(this::model).hasMessageContaining("quintet.embed.remote.dimension is 0");
        settings.remove("model");
        assertThatThrownBy(this::model).hasMessageContaining("quintet.embed.remote.model is missing");
    }

    @Test
    void refusesAnotherModelLaterOn() {
        RemoteEmbeddingModel model = model();
        server.next("{\"model\":\"remote\",\"data\":[{\"index\":0,\"embedding\":[1,2,3]}]}");
        assertFails(model, "MODEL_MISMATCH", "have 3 dimensions, 2 are configured");
    }

    @Test
    void believesNoAnswerThatMakesNoSense() {
        settings.put("retries", "0");
        RemoteEmbeddingModel model = model();
        server.next("{\"model\":\"remote\",\"data\":[{\"index\":0,\"embedding\":[1,NaN]}]}");
        assertFails(model, "EMBEDDING_SERVER_UNAVAILABLE", "no JSON");
        server.next("{\"model\":\"remote\",\"data\":[{\"index\":0,\"embedding\":[1,null]}]}");
        assertFails(model, "EMBEDDING_SERVER_UNAVAILABLE", "a vector of length NaN");
        server.next("{\"model\":\"remote\",\"data\":[{\"index\":0,\"embedding\":[1,1e400]}]}");
        assertFails(model, "EMBEDDING_SERVER_UNAVAILABLE", "a vector of length Infinity");
        server.next("{\"model\":\"remote\",\"data\":[{\"index\":0,\"embedding\":[0,0]}]}");
        assertFails(model, "EMBEDDING_SERVER_UNAVAILABLE", "a vector of length 0.0");
        server.next("{\"model\":\"remote\",\"data\":[]}");
        assertFails(model, "EMBEDDING_SERVER_UNAVAILABLE", "0 vectors for 1 texts");
        server.next("{\"model\":\"remote\",\"data\":[{\"index\":7,\"embedding\":[1,2]}]}");
        assertFails(model, "EMBEDDING_SERVER_UNAVAILABLE", "the index 7 among 1");
        server.next(401);
        assertFails(model, "EMBEDDING_SERVER_UNAVAILABLE", "status 401");
    }

    @Test
    void failsOnlyTheTextThatTheServerRefuses() throws Exception {
        RemoteEmbeddingModel model = model();
        CountDownLatch gathered = new CountDownLatch(1);
        server.next((exchange, texts) -> {
            gathered.await();
            ScriptedServer.answer(exchange, texts);
        });
        CompletableFuture<EmbedResult> first = submit(model, "first");
        await().until(() -> server.requests.size() == 2);
        CompletableFuture<EmbedResult> good = submit(model, "good");
        CompletableFuture<EmbedResult> bad = submit(model, "bad");
        // The next request has both, and is refused; then they go alone.
        awaitWaiting(2);
        server.next(400);
        ScriptedServer.Reply alone = (exchange, texts) -> {
            if (texts.contains("bad")) {
                exchange.sendResponseHeaders(400, -1);
            } else {
                ScriptedServer.answer(exchange, texts);
            }
        };
        server.next(alone);
        server.next(alone);
        gathered.countDown();
        first.get();
        assertThat(good.get().embeddings()).hasSize(1);
        assertThatThrownBy(bad::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("the embedding server refused it with status 400");
    }

    @Test
    void sendsNothingForACallerThatHasGone() throws Exception {
        RemoteEmbeddingModel model = model();
        CountDownLatch held = new CountDownLatch(1);
        server.next((exchange, texts) -> {
            held.await();
            ScriptedServer.answer(exchange, texts);
        });
        CompletableFuture<EmbedResult> first = submit(model, "first");
        await().until(() -> server.requests.size() == 2);
        Cancellable gone = request(model, "gone").subscribe().with(_ -> {});
        awaitWaiting(1);
        gone.cancel();
        held.countDown();
        first.get();
        embed(model, "last");
        assertThat(server.requests).containsExactly(List.of("test"), List.of("first"), List.of("last"));
    }

    @Test
    void refusesMoreThanMayWait() throws Exception {
        settings.put("interactive-queue", "2");
        RemoteEmbeddingModel model = model();
        assertThatThrownBy(() -> embed(model, "a", "b", "c"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.OVERLOADED));
        assertThat(embed(model, "a", "b").embeddings()).hasSize(2);
        assertThat(meters.counter("quintet.embed.refused").count()).isEqualTo(1);
        assertThat(meters.counter("quintet.embed.tokens").count()).isEqualTo(6);
    }

    @Test
    void isNotReadyUntilTheServerAnswers() throws IOException {
        URI url = server.url();
        server.close();
        RemoteEmbeddingModel model = model();
        assertThatThrownBy(() -> model.ready().await().indefinitely())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("it can not be reached");
        opened.add(new ScriptedServer(url.getPort()));
        model.ready().await().indefinitely();
        assertThat(embed(model, "a").embeddings()).hasSize(1);
    }

    @Test
    void countsTokensAndCutsWhereAsked() {
        settings.put("max-tokens", "8");
        RemoteEmbeddingModel model = model();
        assertThatThrownBy(() -> embed(model, "a b c d e f g"))
                .hasMessage("text 0 has about 9 tokens, at most 8 fit remote");
        EmbedResult cut = model.embed(
                        new EmbedRequest(
                                List.of("a b c d e f g", "a"),
                                InputSide.PASSAGE,
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                true),
                        Urgency.INTERACTIVE)
                .await()
                .indefinitely();
        assertThat(cut.embeddings()).extracting(Embedding::truncated).containsExactly(true, false);
        assertThat(server.requests.getLast()).containsExactly("a b c d e f", "a");
        assertThat(model.maxPassageTokens()).isEqualTo(6);
    }

    @Test
    void takesTheKeyFromAFileAndNeverNamesIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("key");
        settings.put("api-key-file", file.toString());
        Files.writeString(file, "sk-secret\n");
        model();
        assertThat(server.authorization).isEqualTo("Bearer sk-secret");
        Files.writeString(file, "sk-secret\nmore");
        assertThatThrownBy(this::model)
                .hasMessageContaining("must hold one line")
                .hasMessageNotContaining("sk-secret");
    }

    @Test
    void readsBothFormsOfRetryAfter() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(RetryAfter.parse("7", now)).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse("Thu, 01 Jan 2026 00:01:00 GMT", now)).contains(Duration.ofMinutes(1));
        assertThat(RetryAfter.parse("Wed, 31 Dec 2025 00:01:00 GMT", now)).contains(Duration.ZERO);
        assertThat(RetryAfter.parse("-1", now)).isEmpty();
        assertThat(RetryAfter.parse("soon", now)).isEmpty();
    }

    private RemoteEmbeddingModel model() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(RemoteConfig.class);
        Map<String, String> all = new TreeMap<>(settings);
        all.put("url", server.url().toString());
        all.forEach((key, value) -> {
            var _ = builder.withDefaultValue("quintet.embed.remote." + key, value);
        });
        RemoteEmbeddingModel model =
                new RemoteEmbeddingModel(builder.build().getConfigMapping(RemoteConfig.class), tokenizer, meters);
        opened.add(model);
        return model;
    }

    private static io.smallrye.mutiny.Uni<EmbedResult> request(RemoteEmbeddingModel model, String... texts) {
        return model.embed(EmbedRequest.of(List.of(texts), InputSide.PASSAGE), Urgency.INTERACTIVE);
    }

    private static CompletableFuture<EmbedResult> submit(RemoteEmbeddingModel model, String... texts) {
        return request(model, texts).subscribeAsCompletionStage();
    }

    private static EmbedResult embed(RemoteEmbeddingModel model, String... texts) {
        return request(model, texts).await().indefinitely();
    }

    private static void assertFails(RemoteEmbeddingModel model, String reason, String message) {
        assertThatThrownBy(() -> embed(model, "a"))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(reason);
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
                });
    }

    /** The vector of a text of that length. */
    private static UnitVector unit(int length) {
        double norm = Math.hypot(3, 4.0 * length);
        return new UnitVector((float) (3 / norm), (float) (4 * length / norm));
    }

    private void awaitWaiting(int texts) {
        await().until(() -> meters.get("quintet.embed.queue.size")
                        .tag("urgency", "interactive")
                        .gauge()
                        .value()
                == texts);
    }

    private static boolean somebodyIsHeldUp() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(Lane.class.getName())
                        && frame.getMethodName().equals("await"));
    }
}
