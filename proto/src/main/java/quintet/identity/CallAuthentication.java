package quintet.identity;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import quintet.failure.Failure;
import quintet.rpc.RpcErrors;

/** Lets a gRPC call in by its key, whichever method it is for; probes of health need none. */
@GlobalInterceptor
@ApplicationScoped
public class CallAuthentication implements ServerInterceptor {
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final String HEALTH = "grpc.health.v1.Health";

    private final Keys keys;

    CallAuthentication(Keys keys) {
        this.keys = keys;
    }

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
            ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        if (!keys.required() || HEALTH.equals(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        Caller caller;
        try {
            caller = keys.authenticate(headers.get(AUTHORIZATION));
        } catch (Failure refused) {
            StatusRuntimeException why = RpcErrors.toStatus(refused);
            Metadata details = why.getTrailers();
            call.close(why.getStatus(), details == null ? new Metadata() : details);
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(Context.current().withValue(Callers.OF_CALL, caller), call, headers, next);
    }
}
