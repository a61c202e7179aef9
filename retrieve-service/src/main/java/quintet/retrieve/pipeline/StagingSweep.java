package quintet.retrieve.pipeline;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs {@link IndexPipeline#sweep} after the start and from time to time. */
@ApplicationScoped
class StagingSweep {
    private static final Logger LOG = Logger.getLogger(StagingSweep.class);

    private final IndexPipeline pipeline;
    private final IndexingConfig config;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("staging-sweep").factory());

    StagingSweep(IndexPipeline pipeline, IndexingConfig config) {
        this.pipeline = pipeline;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        long seconds = config.sweepInterval().toSeconds();
        var _ = timer.scheduleWithFixedDelay(this::sweep, Math.min(5, seconds), seconds, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent stopping) {
        timer.shutdown();
    }

    private void sweep() {
        try {
            pipeline.sweep();
        } catch (RuntimeException e) {
            LOG.warnf(e, "staged parts could not be looked through, the next sweep tries again");
        }
    }
}
