package quintet.rpc;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.AbstractStub;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Deadlines and cancellation of unary calls, both ways.
 *
 * <p>They hold only with {@code quarkus.grpc.clients.*.use-quarkus-grpc-client=false}: the Vert.x client sends no
 * deadline, enforces none, and does not cancel.
 */
public final class Deadlines {
    /** Outside every call: as good as the root, but not the root itself. */
    private static final Context NO_CALL = Context.ROOT.fork();

    private Deadlines() {}

    /** Returns the time that the caller of the current gRPC call has left, at most {@code otherwise}; never negative. */
    public static Duration remaining(Duration otherwise) {
        Deadline deadline = Context.current().getDeadline();
        if (deadline == null) {
            return otherwise;
        }
        Duration left = Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
        return left.compareTo(otherwise) < 0 ? left : otherwise;
    }

    /**
     * Calls another service once per subscription. The call ends at {@code budget} or at the current call's own deadline,
     * whichever is first, and is cancelled on the other side too when the returned {@code Uni} is cancelled or the caller of
     * the current call leaves. Its result comes on the Vert.x context of the subscriber if there is one: the trace lives
     * there, and on a thread of the channel it would stay behind for whatever runs there next.
     *
     * @param rpc such as {@code s -> s.embed(request)}
     */
    public static <S extends AbstractStub<S>, T> Uni<T> call(S stub, Duration budget, Function<S, Uni<T>> rpc) {
        return Uni.createFrom().deferred(() -> {
            io.vertx.core.Context caller = Vertx.currentContext();
            Executor executor = caller == null ? Runnable::run : task -> caller.runOnContext(_ -> task.run());
            return cancellable(stub, budget, rpc).emitOn(executor);
        });
    }

    private static <S extends AbstractStub<S>, T> Uni<T> cancellable(S stub, Duration budget, Function<S, Uni<T>> rpc) {
        // Quarkus's stub ignores the cancellation of a unary Uni; a gRPC context around the call does not.
        return Uni.createFrom().emitter(emitter -> {
            Context.CancellableContext context = Context.current().withCancellation();
            var _ = emitter.onTermination(() -> context.cancel(null));
            Context previous = context.attach();
            try {
                var _ = rpc.apply(stub.withDeadlineAfter(budget))
                        .subscribe()
                        .with(
                                item -> {
                                    emitter.complete(item);
                                    context.cancel(null);
                                },
                                failure -> {
                                    emitter.fail(failure);
                                    context.cancel(null);
                                });
            } finally {
                // On a Vert.x context Quarkus restores any context but the root itself: the next call would find this
                // one, cancelled.
                context.detach(previous.equals(Context.ROOT) ? NO_CALL : previous);
            }
        });
    }

    /**
     * Returns {@code work}, cancelled and failed with CANCELLED as soon as the caller of the current gRPC call has left or its
     * deadline has passed. Call it on the thread of the gRPC method.
     */
    public static <T> Uni<T> whileCallerWaits(Uni<T> work) {
        Context context = Context.current();
        Uni<T> gone = Uni.createFrom().emitter(emitter -> {
            Context.CancellationListener listener = _ -> emitter.fail(
                    Status.CANCELLED.withDescription("the caller has left").asRuntimeException());
            context.addListener(listener, Runnable::run);
            var _ = emitter.onTermination(() -> context.removeListener(listener));
        });
        return Uni.combine().any().of(work, gone);
    }
}
