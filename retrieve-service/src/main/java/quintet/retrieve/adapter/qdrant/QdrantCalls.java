package quintet.retrieve.adapter.qdrant;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsFutureStub;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.PointsGrpc.PointsFutureStub;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantGrpc.QdrantFutureStub;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/**
 * The calls of Qdrant: each has a deadline, is tried again at growing intervals while Qdrant is away, and fails with a
 * {@link Failure}. All calls that change something can be repeated without harm.
 */
@ApplicationScoped
class QdrantCalls {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MAX_MESSAGE_BYTES = 64 << 20;
    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    private final QdrantConfig config;
    private final Semaphore reads;
    private @Nullable Connection connection;

    QdrantCalls(QdrantConfig config) {
        this.config = config;
        reads = new Semaphore(config.maxReads());
    }

    /** What is called. */
    record Stubs(PointsFutureStub points, CollectionsFutureStub collections, QdrantFutureStub service) {
        private Stubs within(Duration time) {
            long nanos = time.toNanos();
            return new Stubs(
                    points.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS),
                    collections.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS),
                    service.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS));
        }
    }

    /** One call. */
    interface Call<T> {
        ListenableFuture<T> on(Stubs qdrant);
    }

    private record Connection(String address, ManagedChannel channel, Stubs stubs) {}

    /** Reads without blocking, once per subscription, and returns to the caller's Vert.x context. */
    <T> Uni<T> reading(Call<T> call) {
        return started(call).onFailure().transform(this::failedRead);
    }

    /** Reads what need not be there, as {@link #reading}; empty if there is no such collection or alias. */
    <T> Uni<Optional<T>> finding(Call<T> call) {
        return started(call)
                .map(Optional::of)
                .onFailure(QdrantFailures::isNotFound)
                .recoverWithItem(Optional.empty())
                .onFailure()
                .transform(this::failedRead);
    }

    private <T> Uni<T> started(Call<T> call) {
        return Uni.createFrom().emitter(emitter -> {
            Context caller = Vertx.currentContext();
            if (!reads.tryAcquire()) {
                emitter.fail(Failure.overloaded(
                        "OVERLOADED",
                        "%d reads of Qdrant are on their way, which is the bound".formatted(config.maxReads()),
                        RETRY_AFTER));
                return;
            }
            ListenableFuture<T> answer;
            try {
                answer = call.on(connection().stubs().within(config.readTimeout()));
            } catch (RuntimeException e) {
                reads.release();
                emitter.fail(e);
                return;
            }
            answer.addListener(reads::release, MoreExecutors.directExecutor());
            var _ = emitter.onTermination(() -> answer.cancel(true));
            Futures.addCallback(
                    answer,
                    new FutureCallback<T>() {
                        @Override
                        public void onSuccess(T result) {
                            on(caller, () -> emitter.complete(result));
                        }

                        @Override
                        public void onFailure(Throwable thrown) {
                            on(caller, () -> emitter.fail(thrown));
                        }
                    },
                    MoreExecutors.directExecutor());
        });
    }

    private static void on(@Nullable Context caller, Runnable result) {
        if (caller == null) {
            result.run();
        } else {
            caller.runOnContext(_ -> result.run());
        }
    }

    /** Reads and blocks the calling thread meanwhile, which should be a virtual one. */
    <T> T read(Call<T> call) {
        try {
            return await(call, config.readTimeout());
        } catch (ExecutionException e) {
            throw failedRead(cause(e));
        }
    }

    /** Reads what need not be there; empty if there is no such collection or alias. */
    <T> Optional<T> find(Call<T> call) {
        try {
            return Optional.of(await(call, config.readTimeout()));
        } catch (ExecutionException e) {
            if (QdrantFailures.isNotFound(cause(e))) {
                return Optional.empty();
            }
            throw failedRead(cause(e));
        }
    }

    /** Writes and blocks the calling thread meanwhile, which should be a virtual one. */
    <T> T write(Call<T> call) {
        try {
            return await(call, config.writeTimeout());
        } catch (ExecutionException e) {
            throw QdrantFailures.writing(cause(e), address());
        }
    }

    private Failure failedRead(Throwable thrown) {
        return thrown instanceof Failure failure ? failure : QdrantFailures.reading(thrown, address());
    }

    private <T> T await(Call<T> call, Duration time) throws ExecutionException {
        ListenableFuture<T> answer = call.on(connection().stubs().within(time));
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw Failure.unavailable("STOPPING", "the service is stopping", e);
        }
    }

    private static Throwable cause(ExecutionException e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private String address() {
        return connection().address();
    }

    /** Connects at the first call, so that what is wrong with the configuration is a failure of calls and not of the start. */
    private synchronized Connection connection() {
        if (connection == null) {
            connection = connect();
        }
        return connection;
    }

    private Connection connect() {
        Address address = Address.of(config.url().orElse(""));
        ChannelCredentials credentials =
                address.tls() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
        ManagedChannel channel = Grpc.newChannelBuilderForAddress(address.host(), address.port(), credentials)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .perRpcBufferLimit(MAX_MESSAGE_BYTES)
                .retryBufferSize(4L * MAX_MESSAGE_BYTES)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .defaultServiceConfig(retries(config.attempts()))
                .enableRetry()
                .intercept(
                        config.apiKeyFile().map(QdrantCalls::withKey).stream().toList())
                .build();
        return new Connection(
                address.toString(),
                channel,
                new Stubs(
                        PointsGrpc.newFutureStub(channel),
                        CollectionsGrpc.newFutureStub(channel),
                        QdrantGrpc.newFutureStub(channel)));
    }

    private static Map<String, Object> retries(int attempts) {
        return Map.of(
                "methodConfig",
                List.of(Map.of(
                        "name",
                        List.of(Map.of()),
                        "retryPolicy",
                        Map.of(
                                "maxAttempts",
                                (double) attempts,
                                "initialBackoff",
                                "0.1s",
                                "maxBackoff",
                                "2s",
                                "backoffMultiplier",
                                3.0,
                                "retryableStatusCodes",
                                List.of("UNAVAILABLE")))));
    }

    private static ClientInterceptor withKey(Path file) {
        try {
            Metadata headers = new Metadata();
            headers.put(API_KEY, Files.readString(file).strip());
            return MetadataUtils.newAttachHeadersInterceptor(headers);
        } catch (IOException e) {
            throw Failure.unavailable(
                    "VECTOR_STORE_UNAVAILABLE", "the API key of Qdrant can not be read from " + file, e);
        }
    }

    /** Ends what is on its way. Called by {@link QdrantCollections}, which has a last word to say. */
    synchronized void close() {
        if (connection != null) {
            connection.channel().shutdownNow();
        }
    }
}
