package quintet.ingest.pipeline.events;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import quintet.ingest.pipeline.BackgroundLoop;
import quintet.ingest.port.EventLog;

/** Gives state changes their positions as they are committed, and forgets old ones. Each replica runs one; they take turns. */
@ApplicationScoped
class EventSequencer {
    private static final Logger LOG = Logger.getLogger(EventSequencer.class);
    private static final int BATCH = 1_000;

    private final EventLog log;
    private final EventHead head;
    private final BackgroundLoop loop;
    private final Duration keepFor;
    private final int keep;

    EventSequencer(EventLog log, EventHead head, EventsConfig config) {
        this.log = log;
        this.head = head;
        keepFor = config.keepFor();
        keep = config.keep();
        loop = new BackgroundLoop("event-sequencer", config.poll(), this::sequence);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
    }

    private boolean sequence() {
        int sequenced = log.sequence(BATCH);
        head.advance(log.head());
        return sequenced == BATCH;
    }

    @Scheduled(every = "${quintet.ingest.events.prune-every:10m}", delayed = "1m")
    @RunOnVirtualThread
    void prune() {
        int pruned = log.prune(keepFor, keep);
        if (pruned > 0) {
            LOG.infof("old events forgotten, events=%d", pruned);
        }
    }
}
