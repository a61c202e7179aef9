package quintet.ingest.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.identity.Callers;
import quintet.ingest.pipeline.Reconciler;

/** {@code POST /v1/reconcile}: compares what is stored with what searches find, repairs it, and reports. */
@Path("/v1/reconcile")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ReconcileResource {
    private static final long MAX_SECONDS = 86_400;

    private final Callers callers;
    private final Reconciler reconciler;

    ReconcileResource(Callers callers, Reconciler reconciler) {
        this.callers = callers;
        this.reconciler = reconciler;
    }

    /** Answers once everything is compared; what is published again then takes its usual way. */
    @POST
    @Operation(summary = "Compare the registry with the index and repair what has drifted apart")
    public ReconcileReply reconcile(
            @RestQuery @Nullable String collection,
            @RestQuery @Nullable String graceSeconds,
            @RestQuery @Nullable String stuckAfterSeconds,
            @RestQuery @Nullable String buryUnknown) {
        callers.ofRequest().requireOperator();
        return ReconcileReply.of(reconciler.reconcile(new Reconciler.Scope(
                Optional.ofNullable(collection).map(RequestRules::stored),
                seconds("graceSeconds", graceSeconds),
                seconds("stuckAfterSeconds", stuckAfterSeconds),
                flag(buryUnknown))));
    }

    private static Optional<Duration> seconds(String name, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            long seconds = Long.parseLong(text);
            if (seconds >= 0 && seconds <= MAX_SECONDS) {
                return Optional.of(Duration.ofSeconds(seconds));
            }
        } catch (NumberFormatException e) {
            // Refused below, with what was said.
        }
        throw Failure.invalidInput(
                "INVALID_DURATION",
                "%s is '%s', must be 0 to %d",
                name,
                text.length() <= 20 ? text : text.substring(0, 20) + "…",
                MAX_SECONDS);
    }

    private static boolean flag(@Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw Failure.invalidInput(
                "INVALID_FLAG",
                "buryUnknown is '%s', must be true or false",
                text.length() <= 20 ? text : text.substring(0, 20) + "…");
    }
}
