package quintet.retrieve.adapter.qdrant;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.QdrantGrpc.QdrantImplBase;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks Qdrant's gRPC, over an exact store in memory: as much of it as the adapter uses, refusing what Qdrant
 * 1.15 to 1.18 refuses and everything that it does not know.
 */
final class QdrantServer implements AutoCloseable {
    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    private final ServedCollections collections = new ServedCollections();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Server server;
    private volatile Function<String, Fault> faults = _ -> Fault.NONE;
    private volatile @Nullable String apiKey;

    /** What becomes of a call. */
    enum Fault {
        /** It is answered. */
        NONE,
        /** Nothing is done. */
        REFUSED,
        /** It is done, and the answer is lost. */
        UNANSWERED
    }

    QdrantServer() {
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(64 << 20)
                .addService(collections)
                .addService(new ServedPoints(collections))
                .addService(new Health())
                .intercept(new Gate())
                .build();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    ServedCollections collections() {
        return collections;
    }

    /** Returns the names of the methods that were called, in order. */
    List<String> calls() {
        return calls;
    }

    /** Lets a function decide what becomes of calls, by the name of the method. */
    void let(Function<String, Fault> faults) {
        this.faults = faults;
    }

    void requireKey(String key) {
        apiKey = key;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        T result;
        try {
            result = work.get();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
            return;
        }
        observer.onNext(result);
        observer.onCompleted();
    }

    private static final class Health extends QdrantImplBase {
        @Override
        public void healthCheck(HealthCheckRequest request, StreamObserver<HealthCheckReply> answer) {
            answer(
                    answer,
                    () -> HealthCheckReply.newBuilder()
                            .setTitle("qdrant - vector search engine")
                            .setVersion("1.18.3")
                            .build());
        }
    }

    private final class Gate implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
            calls.add(method);
            if (apiKey != null && !apiKey.equals(headers.get(API_KEY))) {
                return refused(call, Status.UNAUTHENTICATED.withDescription("Must provide an API key"));
            }
            return switch (faults.apply(method)) {
                case NONE -> next.startCall(call, headers);
                case REFUSED -> refused(call, Status.INTERNAL.withDescription("refused " + method));
                case UNANSWERED -> next.startCall(new Unanswered<>(call), headers);
            };
        }

        private static <Q, A> ServerCall.Listener<Q> refused(ServerCall<Q, A> call, Status status) {
            call.close(status, new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    private static final class Unanswered<Q, A> extends SimpleForwardingServerCall<Q, A> {
        Unanswered(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void sendMessage(A message) {
            // Lost.
        }

        @Override
        public void close(Status status, Metadata trailers) {
            super.close(Status.INTERNAL.withDescription("connection reset"), new Metadata());
        }
    }
}
