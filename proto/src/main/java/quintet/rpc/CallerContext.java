package quintet.rpc;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/**
 * Gives every call a {@link Context} with the caller's deadline that is cancelled when the caller leaves.
 *
 * <p>gRPC's own server does this; the Vert.x server behind Quarkus's shared HTTP port does not: it ignores
 * {@code grpc-timeout} and tells a unary method nothing about its caller. Outgoing calls made inside the context inherit
 * both, so a deadline shrinks from service to service without being passed by hand.
 */
@GlobalInterceptor
@ApplicationScoped
public class CallerContext implements ServerInterceptor {
    private static final Metadata.Key<String> TIMEOUT =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

    private final Vertx vertx;

    CallerContext(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
            ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        String timeout = headers.get(TIMEOUT);
        Context.CancellableContext context = timeout == null
                ? Context.current().withCancellation()
                : Context.current()
                        .withDeadline(
                                Deadline.after(GrpcTimeout.nanos(timeout), TimeUnit.NANOSECONDS),
                                vertx.nettyEventLoopGroup());
        ServerCall.Listener<ReqT> listener = within(context, () -> next.startCall(call, headers));
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onMessage(ReqT message) {
                context.run(() -> super.onMessage(message));
            }

            @Override
            public void onHalfClose() {
                context.run(super::onHalfClose);
            }

            @Override
            public void onReady() {
                context.run(super::onReady);
            }

            @Override
            public void onCancel() {
                context.cancel(null);
                super.onCancel();
            }

            @Override
            public void onComplete() {
                context.cancel(null);
                super.onComplete();
            }
        };
    }

    private static <T> T within(Context context, java.util.function.Supplier<T> body) {
        Context previous = context.attach();
        try {
            return body.get();
        } finally {
            context.detach(previous);
        }
    }
}
