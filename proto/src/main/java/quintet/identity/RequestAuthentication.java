package quintet.identity;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import quintet.failure.Failure;

/**
 * Lets an HTTP request in by its key, before it is known which resource it is for: none can be left out. What is not a resource
 * ({@code /q}, the web page) holds nothing of a tenant and needs no key.
 */
public class RequestAuthentication {
    private final Keys keys;

    RequestAuthentication(Keys keys) {
        this.keys = keys;
    }

    /** Keeps who it is; fails with UNAUTHENTICATED. */
    @ServerRequestFilter(preMatching = true)
    public void authenticate(ContainerRequestContext request) {
        if (!keys.required()) {
            return;
        }
        Caller caller = keys.authenticate(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (caller instanceof Caller.Service) {
            throw Failure.forbidden("TENANT_REQUIRED", "a service's key is for gRPC only");
        }
        Callers.keep(caller);
    }
}
