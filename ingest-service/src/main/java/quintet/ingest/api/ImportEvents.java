package quintet.ingest.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.ingest.pipeline.bundle.ImportPipeline;
import quintet.ingest.pipeline.bundle.ImportReport;

/** Tells of an import in server-sent events: {@code progress} at most four times a second, then {@code done} or {@code failed}. */
final class ImportEvents {
    private static final Logger LOG = Logger.getLogger(ImportEvents.class);
    private static final long EVERY_NANOS = Duration.ofMillis(250).toNanos();

    private final OutputStream out;
    private final ObjectMapper mapper;
    private long told = System.nanoTime() - EVERY_NANOS;

    ImportEvents(OutputStream out, ObjectMapper mapper) {
        this.out = out;
        this.mapper = mapper;
    }

    /** Runs an import to its end; a client that leaves ends it after the document at hand. */
    void follow(ImportPipeline.Import bundle) throws IOException {
        try {
            send("done", bundle.run(this::progressed));
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e);
            LOG.warnf(
                    failure.kind() == Failure.Kind.INTERNAL ? e : null,
                    "import broke off, reason=%s: %s",
                    failure.reason(),
                    failure.message());
            send("failed", Map.of("reason", failure.reason(), "detail", failure.message()));
        }
    }

    private void progressed(ImportReport report) throws IOException {
        long now = System.nanoTime();
        if (now - told >= EVERY_NANOS) {
            told = now;
            send("progress", report);
        }
    }

    private void send(String event, Object data) throws IOException {
        out.write("event: %s\ndata: %s\n\n"
                .formatted(event, mapper.writeValueAsString(data))
                .getBytes(UTF_8));
        out.flush();
    }
}
