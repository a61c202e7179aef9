package quintet.ingest.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.Document;
import quintet.ingest.model.QueueAhead;
import quintet.ingest.model.Throughput;
import quintet.ingest.port.ProgressMeter;

/** Estimates when a document is READY from the queue before it and the rates at which documents became READY. Blocking. */
@ApplicationScoped
public class TimeLeft {
    private final ProgressMeter meter;
    private final Duration window;
    private final long refreshNanos;
    private final AtomicReference<@Nullable Measured> last = new AtomicReference<>();

    private record Measured(Throughput throughput, long atNanos) {}

    TimeLeft(ProgressMeter meter, EstimateConfig config) {
        this.meter = meter;
        window = config.window();
        refreshNanos = config.refresh().toNanos();
    }

    /** Returns seconds, at least 1; empty where nothing is on its way and where nothing could be measured. */
    public OptionalLong of(Document document) {
        if (document.state().settled()) {
            return OptionalLong.empty();
        }
        return meter.ahead(document.ref().key())
                .map(ahead -> estimate(ahead, throughput()))
                .orElse(OptionalLong.empty());
    }

    /** The slower of the two: documents that wait for the parser, and chunks that wait for their vectors. */
    static OptionalLong estimate(QueueAhead ahead, Throughput rates) {
        if (rates.documentsPerSecond() <= 0 || rates.chunksPerSecond() <= 0) {
            return OptionalLong.empty();
        }
        double byDocuments = ahead.documents() / rates.documentsPerSecond();
        double chunks = ahead.chunks() + ahead.unchunked() * rates.chunksPerDocument();
        double byChunks = chunks / rates.chunksPerSecond();
        return OptionalLong.of(
                Math.max(1, (long) Math.ceil(ahead.unchunked() == 0 ? byChunks : Math.max(byDocuments, byChunks))));
    }

    private Throughput throughput() {
        Measured known = last.get();
        long now = System.nanoTime();
        if (known != null && now - known.atNanos() < refreshNanos) {
            return known.throughput();
        }
        Throughput fresh = meter.throughput(window);
        last.set(new Measured(fresh, now));
        return fresh;
    }
}
