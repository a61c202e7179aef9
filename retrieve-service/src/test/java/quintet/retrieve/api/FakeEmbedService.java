package quintet.retrieve.api;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import quintet.embed.v1.EmbedRequest;
import quintet.embed.v1.EmbedResponse;
import quintet.embed.v1.EmbedServiceGrpc;
import quintet.embed.v1.Embedding;
import quintet.failure.Failure;
import quintet.retrieve.Samples;
import quintet.rpc.RpcErrors;

/** A real embed-service in behaviour, with hashed words for a model: a window of 100 words, on a port of its own. */
public class FakeEmbedService implements QuarkusTestResourceLifecycleManager {
    static final int WINDOW = 100;
    static volatile boolean down;
    static volatile boolean hangs;
    static volatile String revision = Samples.MODEL.revision();

    /** The {@code traceparent} of each call so far. */
    static final Queue<String> TRACES = new ConcurrentLinkedQueue<>();

    /** The key that each call came with, {@code null} for none. */
    static final Queue<String> KEYS = new ConcurrentLinkedQueue<>();

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private Server server;
    private Path data;

    @Override
    public Map<String, String> start() {
        try {
            data = Files.createTempDirectory("retrieve-test");
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(new Embedder())
                    .intercept(new TraceLog())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.grpc.clients.embed.test-port", Integer.toString(server.getPort()),
                "quintet.retrieve.index.data-dir", data.resolve("index").toString(),
                "quintet.retrieve.staging.dir", data.resolve("staging").toString(),
                "quintet.retrieve.history.dir", data.resolve("searches").toString());
    }

    @Override
    public void stop() {
        server.shutdownNow();
        try (var files = Files.walk(data)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class TraceLog implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            KEYS.add(String.valueOf(headers.get(AUTHORIZATION)));
            TRACES.add(String.valueOf(headers.get(TRACEPARENT)));
            return next.startCall(call, headers);
        }
    }

    private static final class Embedder extends EmbedServiceGrpc.EmbedServiceImplBase {
        @Override
        public void embed(EmbedRequest request, StreamObserver<EmbedResponse> reply) {
            if (hangs) {
                return;
            }
            if (down) {
                reply.onError(RpcErrors.toStatus(Failure.unavailable("MODEL_NOT_LOADED", "not yet", null)));
                return;
            }
            String text = request.getTexts(0);
            if (text.split(" ").length > WINDOW) {
                reply.onError(RpcErrors.toStatus(
                        Failure.invalidInput("TEXT_TOO_LONG", "text has more than %d words", WINDOW)));
                return;
            }
            Embedding.Builder embedding = Embedding.newBuilder();
            for (float value : Samples.vector(text).toArray()) {
                embedding.addValues(value);
            }
            reply.onNext(EmbedResponse.newBuilder()
                    .addEmbeddings(embedding)
                    .setModel(Samples.MODEL.name())
                    .setRevision(revision)
                    .setDimension(Samples.DIMENSION)
                    .build());
            reply.onCompleted();
        }
    }
}
