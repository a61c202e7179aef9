package quintet.ingest.pipeline.events;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import quintet.ingest.pipeline.BackgroundLoop;
import quintet.ingest.port.EventLog;
import quintet.ingest.port.EventPublisher;

/**
 * Publishes state changes on the broker's exchange, in their order, at least once. They stay behind no document and no
 * document behind them: the outbox has a dispatcher of its own.
 */
@ApplicationScoped
class EventPublication {
    private final BackgroundLoop loop;
    private final boolean publish;

    EventPublication(EventLog log, EventPublisher publisher, EventsConfig config) {
        publish = config.publish();
        int page = config.page();
        loop = new BackgroundLoop(
                "event-publication", config.poll(), () -> log.publish(page, publisher::publish) == page);
    }

    void start(@Observes StartupEvent event) {
        if (publish) {
            loop.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
    }
}
