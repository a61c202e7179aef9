package quintet.ingest.adapter.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quintet.embed.v1.EmbedRequest;
import quintet.embed.v1.EmbedResponse;
import quintet.embed.v1.EmbedServiceGrpc;
import quintet.embed.v1.EmbedServiceGrpc.EmbedServiceImplBase;
import quintet.embed.v1.Embedding;
import quintet.embed.v1.InputSide;
import quintet.failure.Failure;
import quintet.ingest.TestConfigs;
import quintet.ingest.port.TextEmbedder.Embeddings;

class GrpcTextEmbedderTest {
    private final Server server;
    private final ManagedChannel channel;

    GrpcTextEmbedderTest() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new LengthsAsVectors())
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void embedsTextsInTheirOrder() {
        Embeddings embeddings = embedder("5s").embed(List.of("a", "bb"));
        assertThat(embeddings.model()).isEqualTo("lengths@1");
        assertThat(embeddings.vectors()).containsExactly(new float[] {1}, new float[] {2});
    }

    @Test
    void anOutageCanBeWaitedOut() {
        server.shutdownNow();
        refuses("5s", List.of("a"), "EMBEDDING_UNAVAILABLE");
    }

    @Test
    void aHangingModelIsNotWaitedForLongerThanTheTimeout() {
        long begun = System.nanoTime();
        refuses("300ms", List.of("hang"), "EMBEDDING_UNAVAILABLE");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void anAnswerThatIsTooShortIsNone() {
        refuses("5s", List.of("half", "half"), "EMBEDDING_UNAVAILABLE");
    }

    private GrpcTextEmbedder embedder(String timeout) {
        return new GrpcTextEmbedder(
                EmbedServiceGrpc.newBlockingStub(channel),
                TestConfigs.of(EmbedConfig.class, Map.of("quintet.ingest.embed.timeout", timeout)));
    }

    private void refuses(String timeout, List<String> texts, String reason) {
        assertThatThrownBy(() -> embedder(timeout).embed(texts)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        });
    }

    private static final class LengthsAsVectors extends EmbedServiceImplBase {
        @Override
        public void embed(EmbedRequest request, StreamObserver<EmbedResponse> response) {
            assertThat(request.getSide()).isEqualTo(InputSide.INPUT_SIDE_PASSAGE);
            if (request.getTexts(0).equals("hang")) {
                return;
            }
            EmbedResponse.Builder reply =
                    EmbedResponse.newBuilder().setModel("lengths").setRevision("1");
            request.getTextsList().stream()
                    .limit(request.getTexts(0).equals("half") ? 1 : Long.MAX_VALUE)
                    .forEach(text -> reply.addEmbeddings(Embedding.newBuilder().addValues(text.length())));
            response.onNext(reply.build());
            response.onCompleted();
        }
    }
}
