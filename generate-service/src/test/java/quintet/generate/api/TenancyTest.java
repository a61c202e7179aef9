package quintet.generate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.generate.api.Http.Reply;
import quintet.generate.fake.FakeServices;
import quintet.generate.v1.AnswerRequest;
import quintet.generate.v1.GenerateServiceGrpc;
import quintet.rpc.RpcErrors;

/** The service as it is with keys: search is asked for the caller, by the caller's own key. */
@QuarkusTest
@QuarkusTestResource(FakeServices.class)
@QuarkusTestResource(value = KeyFiles.class, restrictToAnnotatedClass = true)
class TenancyTest {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final List<String> KEYS = List.of("acme", "acme-hr", "acme-all", "globex-all", "default-all");
    private static final String SERVICE = "Bearer " + KeyFiles.SERVICE_KEY;

    private static ManagedChannel channel;

    @BeforeAll
    static void open() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    @AfterAll
    static void close() {
        channel.shutdownNow();
    }

    private static HttpRequest post(String path, String key, String accept, String body) {
        return Http.request(path)
                .header("Authorization", "Bearer " + key)
                .header("Accept", accept)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String question(String text) {
        return "{\"question\": \"%s\"}".formatted(text);
    }

    private static String chat(String text, boolean stream) {
        return "{\"model\": \"default\", \"stream\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
                .formatted(stream, text);
    }

    private static void searchedAs(String key, String text) {
        assertThat(FakeServices.seen("Search.key of " + text)).isEqualTo("Bearer " + key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream"})
    void searchesForWhoAsked(String accept) {
        for (String key : KEYS) {
            String text = "What does PerksPlus cover for %s over %s?".formatted(key, accept);
            assertThat(Http.send(post("/v1/answers", key, accept, question(text)))
                            .status())
                    .isEqualTo(200);
            searchedAs(key, text);
            assertThat(FakeServices.seen("Rerank.key")).isEqualTo(SERVICE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void chatsForWhoAsked(boolean stream) {
        for (String key : KEYS) {
            String text = "What does PerksPlus cover for %s, streamed %s?".formatted(key, stream);
            assertThat(Http.send(post("/v1/chat/completions", key, "*/*", chat(text, stream)))
                            .status())
                    .isEqualTo(200);
            searchedAs(key, text);
        }
    }

    @Test
    void listsCollectionsForWhoAsked() {
        for (String key : KEYS) {
            assertThat(Http.send(Http.request("/v1/models")
                                    .header("Authorization", "Bearer " + key)
                                    .build())
                            .status())
                    .isEqualTo(200);
            assertThat(FakeServices.seen("ListCollections.key")).isEqualTo("Bearer " + key);
        }
    }

    @Test
    void answersOverGrpcForWhoAsked() {
        for (String key : KEYS) {
            String text = "What does PerksPlus cover for %s over gRPC?".formatted(key);
            Metadata headers = new Metadata();
            headers.put(AUTHORIZATION, "Bearer " + key);
            GenerateServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .answer(AnswerRequest.newBuilder()
                            .setCollection("default")
                            .setQuestion(text)
                            .build())
                    .forEachRemaining(_ -> {});
            searchedAs(key, text);
        }
    }

    @Test
    void keepsManyWhoAskAtOnceApart() {
        List<String> texts = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String key = KEYS.get(i % KEYS.size());
            texts.add("Question %d: what does PerksPlus cover?".formatted(i));
            replies.add(Http.client()
                    .sendAsync(
                            post("/v1/answers", key, "application/json", question(texts.get(i))),
                            HttpResponse.BodyHandlers.ofString()));
            if (i % 6 == 5) {
                replies.forEach(CompletableFuture::join);
            }
        }
        for (int i = 0; i < texts.size(); i++) {
            assertThat(replies.get(i).join().statusCode()).isEqualTo(200);
            searchedAs(KEYS.get(i % KEYS.size()), texts.get(i));
        }
    }

    @Test
    void refusesWhoHasNoKeyInTheShapeThatClientsKnow() {
        Reply answer = Http.post("/v1/answers", "text/event-stream", question("Anything?"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("reason").asText()).isEqualTo("KEY_REQUIRED");
        Reply chat = Http.send(post("/v1/chat/completions", "somebody", "*/*", chat("Anything?", true)));
        assertThat(chat.status()).isEqualTo(401);
        assertThat(chat.json().path("error").path("message").asText()).contains("nobody was given");
        assertThat(Http.send(post("/v1/answers", KeyFiles.SERVICE_KEY, "*/*", question("Anything?")))
                        .status())
                .isEqualTo(403);
        assertThat(Http.get("/v1/models").status()).isEqualTo(401);
        assertThat(Http.get("/").status()).isEqualTo(200);
        assertThatThrownBy(() -> GenerateServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(20, TimeUnit.SECONDS)
                        .answer(AnswerRequest.newBuilder()
                                .setQuestion("Anything?")
                                .build())
                        .forEachRemaining(_ -> {}))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        status -> assertThat(
                                        RpcErrors.toFailure(status, "NO_REASON").reason())
                                .isEqualTo("KEY_REQUIRED"));
    }
}
