package quintet.identity;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import quintet.embed.v1.EmbedServiceGrpc;
import quintet.rerank.v1.RerankServiceGrpc;
import quintet.retrieve.v1.RetrieveServiceGrpc;

/**
 * Gives each call to another service a key, if callers need keys. Where the other side decides what may be seen, it is the caller's own, passed on;
 * what a service does for itself, or what has nothing to do with tenants, comes with the service's. A call for a caller who
 * is not known goes without a key and is refused there.
 */
@GlobalInterceptor
@ApplicationScoped
public class OutgoingCredential implements ClientInterceptor {
    private static final Set<String> SERVICES_WITHOUT_TENANTS =
            Set.of(EmbedServiceGrpc.SERVICE_NAME, RerankServiceGrpc.SERVICE_NAME);

    private static final Set<String> METHODS_FOR_SERVICES = Set.of(
            RetrieveServiceGrpc.getGetDocumentStatusMethod().getFullMethodName(),
            RetrieveServiceGrpc.getListDocumentsMethod().getFullMethodName(),
            RetrieveServiceGrpc.getGetVectorsMethod().getFullMethodName());

    private final Keys keys;
    private final boolean always;

    OutgoingCredential(Keys keys, IdentityConfig config) {
        this.keys = keys;
        always = config.actsFor() == IdentityConfig.ActsFor.ITSELF;
    }

    @Override
    public <ReqT, RespT> ClientCall<ReqT, RespT> interceptCall(
            MethodDescriptor<ReqT, RespT> method, CallOptions options, Channel next) {
        ClientCall<ReqT, RespT> call = next.newCall(method, options);
        Optional<String> authorization = authorization(method);
        return authorization.isEmpty()
                ? call
                : new SimpleForwardingClientCall<>(call) {
                    @Override
                    public void start(Listener<RespT> listener, Metadata headers) {
                        headers.put(CallAuthentication.AUTHORIZATION, authorization.get());
                        super.start(listener, headers);
                    }
                };
    }

    private Optional<String> authorization(MethodDescriptor<?, ?> method) {
        if (!keys.required()) {
            return Optional.empty();
        }
        String service = String.valueOf(method.getServiceName());
        boolean forItself = always
                || SERVICES_WITHOUT_TENANTS.contains(service)
                || METHODS_FOR_SERVICES.contains(method.getFullMethodName());
        return forItself ? keys.service().map(key -> "Bearer " + key) : Callers.authorization();
    }
}
