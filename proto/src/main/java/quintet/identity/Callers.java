package quintet.identity;

import io.grpc.Context;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/**
 * Who calls now. {@link RequestAuthentication} and {@link CallAuthentication} put the caller where it is found here: an HTTP
 * request's in its own Vert.x context, a gRPC call's in its gRPC context. Where there is none, nobody calls, and nothing is
 * allowed: an identity that got lost on the way opens nothing.
 */
@ApplicationScoped
public class Callers {
    /** The caller of a gRPC call. */
    static final Context.Key<Caller> OF_CALL = Context.key("quintet.caller");

    private static final String OF_REQUEST = "quintet.caller";

    private final boolean required;

    @Inject
    Callers(Keys keys) {
        this(keys.required());
    }

    private Callers(boolean required) {
        this.required = required;
    }

    /** Returns what a suite without keys has: everybody is {@link Identity#EVERYBODY}. */
    public static Callers everybody() {
        return new Callers(false);
    }

    /**
     * Returns who sent the HTTP request that is being handled.
     *
     * @throws Failure UNAUTHENTICATED, reason KEY_REQUIRED
     */
    public Identity ofRequest() {
        return identity(request());
    }

    /**
     * Returns who made the gRPC call that is being handled. Ask on the thread of the method.
     *
     * @throws Failure UNAUTHENTICATED, reason KEY_REQUIRED; FORBIDDEN, reason TENANT_REQUIRED, if it is a service for itself
     */
    public Identity ofCall() {
        return identity(OF_CALL.get());
    }

    /**
     * Returns by which key the HTTP request comes that is being handled, so that a caller is known again.
     *
     * @return the first hexadecimal digits of the key's SHA-256; empty in a suite without keys
     */
    public String keyOfRequest() {
        return fingerprint(request());
    }

    /** Returns by which key the gRPC call comes that is being handled, likewise. Ask on the thread of the method. */
    public String keyOfCall() {
        return fingerprint(OF_CALL.get());
    }

    private String fingerprint(@Nullable Caller caller) {
        return required && caller instanceof Caller.User user ? user.fingerprint() : "";
    }

    /**
     * Refuses a gRPC call that is not another service's own. Ask on the thread of the method.
     *
     * @throws Failure FORBIDDEN, reason SERVICE_REQUIRED
     */
    public void requireService() {
        if (required && !(OF_CALL.get() instanceof Caller.Service)) {
            throw Failure.forbidden("SERVICE_REQUIRED", "only the services of the suite may call this");
        }
    }

    /** Returns whether the gRPC call that is being handled is another service's own. Ask on the thread of the method. */
    public boolean byService() {
        return OF_CALL.get() instanceof Caller.Service;
    }

    private Identity identity(@Nullable Caller caller) {
        if (!required) {
            return Identity.EVERYBODY;
        }
        return switch (caller) {
            case Caller.User user -> user.identity();
            case Caller.Service _ ->
                throw Failure.forbidden(
                        "TENANT_REQUIRED", "a service has no tenant, so it can not ask for its documents");
            case null -> throw Failure.unauthenticated("KEY_REQUIRED", "nobody is known to have sent this request");
        };
    }

    /** Keeps who sent the HTTP request of the current Vert.x context, which is that request's own. */
    static void keep(Caller caller) {
        ContextLocals.put(OF_REQUEST, caller);
    }

    /** Returns the header of who is behind the current work: the HTTP request's sender, else the gRPC call's. */
    static Optional<String> authorization() {
        Caller caller = request();
        return (caller == null ? OF_CALL.get() : caller) instanceof Caller.User user
                ? Optional.of(user.authorization())
                : Optional.empty();
    }

    private static @Nullable Caller request() {
        io.vertx.core.Context context = Vertx.currentContext();
        return context == null || !VertxContext.isDuplicatedContext(context)
                ? null
                : ContextLocals.<Caller>get(OF_REQUEST).orElse(null);
    }
}
