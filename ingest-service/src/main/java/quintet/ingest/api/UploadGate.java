package quintet.ingest.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.pipeline.Admission;
import quintet.ingest.pipeline.LimitsConfig;

/** Refuses uploads before a byte of the body is read: no room, too many at once, or too large by their own account. */
@ApplicationScoped
class UploadGate {
    private static final Pattern PATH = Pattern.compile("/v1/collections/[^/]+/documents(/[^/]+)?/?");
    private static final int PRIORITY = 100;

    private final Admission admission;
    private final UploadSlots slots;
    private final long maxRequestBytes;
    private final long maxFileBytes;
    private final long maxJsonBytes;
    private final EarlyRefusal refusal;

    UploadGate(Admission admission, UploadSlots slots, LimitsConfig limits, EarlyRefusal refusal) {
        this.admission = admission;
        this.slots = slots;
        maxRequestBytes = limits.maxRequest().asLongValue();
        maxFileBytes = limits.maxFile().asLongValue();
        maxJsonBytes = limits.maxJson().asLongValue();
        this.refusal = refusal;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext request) {
        HttpMethod method = request.request().method();
        boolean upload = (method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT))
                && PATH.matcher(request.request().path()).matches();
        if (!upload) {
            request.next();
            return;
        }
        Failure tooLarge = tooLarge(request);
        if (tooLarge != null) {
            refusal.answer(request, tooLarge);
            return;
        }
        UploadSlots.Slot slot;
        try {
            admission.require();
            slot = slots.enter(bytesInMemory(request));
        } catch (Failure overloaded) {
            refusal.answer(request, overloaded);
            return;
        }
        request.addEndHandler(_ -> slot.close());
        request.response().closeHandler(_ -> slot.close());
        request.next();
    }

    /** JSON is read into memory, and one that does not say how long it is may be as long as is allowed. */
    private long bytesInMemory(RoutingContext request) {
        if (!type(request).startsWith("application/json")) {
            return 0;
        }
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? maxJsonBytes : length(length);
    }

    private @Nullable Failure tooLarge(RoutingContext request) {
        String type = type(request);
        long length = length(request.request().getHeader(HttpHeaders.CONTENT_LENGTH));
        if (type.startsWith("multipart/")) {
            return length <= maxRequestBytes ? null : tooLarge("BODY_TOO_LARGE", "body", length, maxRequestBytes);
        }
        if (type.startsWith("application/json")) {
            return length <= maxJsonBytes ? null : tooLarge("BODY_TOO_LARGE", "JSON body", length, maxJsonBytes);
        }
        return length <= maxFileBytes ? null : tooLarge("FILE_TOO_LARGE", "file", length, maxFileBytes);
    }

    private static String type(RoutingContext request) {
        return String.valueOf(request.request().getHeader(HttpHeaders.CONTENT_TYPE))
                .toLowerCase(Locale.ROOT);
    }

    private static Failure tooLarge(String reason, String what, long length, long max) {
        return Failure.invalidInput(reason, "the %s has %d bytes, the limit is %d", what, length, max);
    }

    private static long length(@Nullable String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
