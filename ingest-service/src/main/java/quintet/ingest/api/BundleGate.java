package quintet.ingest.api;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.pipeline.bundle.ImportPipeline;

/**
 * Refuses bundles before a byte of the body is read while there is no room for them, and lets those in that are larger than any other
 * body may be.
 */
@ApplicationScoped
class BundleGate {
    private static final Pattern PATH = Pattern.compile("/v1/collections/[^/]+/import/?");

    /** Filters run by falling priority; Quarkus compares the body's length with its own limit at 2. */
    private static final int BEFORE_THE_LIMIT = 3;

    private static final int AFTER_THE_LIMIT = 1;

    private final ImportPipeline imports;
    private final EarlyRefusal refusal;

    BundleGate(ImportPipeline imports, EarlyRefusal refusal) {
        this.imports = imports;
        this.refusal = refusal;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_THE_LIMIT);
        filters.register(this::widen, AFTER_THE_LIMIT);
    }

    private void admit(RoutingContext request) {
        if (!isImport(request)) {
            request.next();
            return;
        }
        try {
            imports.requireRoom(length(request.request().getHeader(HttpHeaders.CONTENT_LENGTH)));
        } catch (Failure failure) {
            refusal.answer(request, failure);
            return;
        }
        // The length is checked; without it Quarkus leaves it at counting, up to the limit below.
        request.request().headers().remove(HttpHeaders.CONTENT_LENGTH);
        request.next();
    }

    private void widen(RoutingContext request) {
        if (isImport(request)) {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, imports.maxBytes() + 1);
        }
        request.next();
    }

    private static boolean isImport(RoutingContext request) {
        return request.request().method().equals(HttpMethod.POST)
                && PATH.matcher(request.request().path()).matches();
    }

    private static long length(@Nullable String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
