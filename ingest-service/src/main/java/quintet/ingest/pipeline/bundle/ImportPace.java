package quintet.ingest.pipeline.bundle;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import quintet.failure.Failure;
import quintet.ingest.model.Lane;
import quintet.ingest.model.LaneLoad;
import quintet.ingest.port.Lanes;

/**
 * Keeps an import no further ahead of the index than a bounded number of parts, and one document more. Blocking. For one import at a
 * time.
 */
@ApplicationScoped
class ImportPace {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Lanes lanes;
    private final int maxWaiting;
    private final Duration patience;

    /** Parts that may be written before the lane is looked at again. */
    private long room;

    ImportPace(Lanes lanes, BundleConfig config) {
        this.lanes = lanes;
        maxWaiting = config.maxWaiting();
        patience = config.importWait();
    }

    /** Notes parts that were written. */
    void wrote(int parts) {
        room -= parts;
    }

    /**
     * Returns as soon as another document may be written; fails with OVERLOADED if that takes too long.
     *
     * @param listener is told again and again meanwhile, so that it sees that the import is alive and the import that it is there
     */
    void await(ImportPipeline.Listener listener, ImportReport report) throws IOException {
        Instant deadline = Instant.now().plus(patience);
        while (room <= 0) {
            LaneLoad load = lanes.load(2L * maxWaiting).getOrDefault(Lane.INDEX, LaneLoad.IDLE);
            room = maxWaiting - load.waiting();
            if (room <= 0) {
                if (Instant.now().isAfter(deadline)) {
                    throw Failure.overloaded(
                            "BACKLOG_FULL",
                            "the index takes nothing: %d parts have waited for %s; import the same bundle again later"
                                    .formatted(load.waiting(), patience),
                            RETRY_AFTER);
                }
                listener.progressed(report);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("STOPPING", "the service stops, import the same bundle again", e);
        }
    }
}
