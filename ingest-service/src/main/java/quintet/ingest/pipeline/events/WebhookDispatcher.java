package quintet.ingest.pipeline.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.ingest.model.StateEvent;
import quintet.ingest.model.WebhookDelivery;
import quintet.ingest.pipeline.BackgroundLoop;
import quintet.ingest.port.EventLog;
import quintet.ingest.port.Webhook;
import quintet.ingest.port.WebhookProgress;
import quintet.ingest.port.WebhookProgress.Turn;

/**
 * Tells the webhook of state changes, in the order of each collection and at least once. How far it is lies in the database.
 * It reads what is committed already, so no document waits for it; what it does not accept in many attempts is given up, and
 * the next delivery shows the gap.
 */
@ApplicationScoped
public class WebhookDispatcher {
    private static final Logger LOG = Logger.getLogger(WebhookDispatcher.class);
    private static final int MAX_DOUBLINGS = 20;

    /** Longer than any attempt. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(500);

    private final Webhook webhook;
    private final WebhookProgress progress;
    private final EventLog log;
    private final WebhookRetryConfig config;
    private final Counter givenUp;
    private final BackgroundLoop loop;

    WebhookDispatcher(
            Webhook webhook, WebhookProgress progress, EventLog log, WebhookRetryConfig config, MeterRegistry meters) {
        this.webhook = webhook;
        this.progress = progress;
        this.log = log;
        this.config = config;
        givenUp = meters.counter("quintet.ingest.webhook.given.up");
        loop = new BackgroundLoop("webhook", POLL, this::deliverOnce);
    }

    void start(@Observes StartupEvent event) {
        if (webhook.named()) {
            loop.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
    }

    /** Makes one attempt for one collection; returns whether there was one to make. */
    boolean deliverOnce() {
        Optional<Turn> taken = progress.take(LEASE);
        if (taken.isEmpty()) {
            return false;
        }
        Turn turn = taken.get();
        EventLog.Page page = log.read(turn.collection(), turn.position(), config.batch());
        List<StateEvent> events = page.events();
        if (events.isEmpty()) {
            progress.advance(turn, Math.max(page.floor(), turn.position()));
            return true;
        }
        try {
            webhook.deliver(new WebhookDelivery(turn.collection(), turn.position(), events));
            progress.advance(turn, events.getLast().position());
        } catch (Failure failure) {
            notAccepted(turn, events, failure);
        }
        return true;
    }

    private void notAccepted(Turn turn, List<StateEvent> events, Failure why) {
        if (turn.attempt() >= config.maxAttempts()) {
            givenUp.increment(events.size());
            LOG.errorf(
                    "webhook given up, collection=%s after=%d events=%d attempts=%d reason=%s: %s",
                    turn.collection(), turn.position(), events.size(), turn.attempt(), why.reason(), why.message());
            progress.advance(turn, events.getLast().position());
            return;
        }
        Duration pause = pause(turn.attempt());
        LOG.infof(
                "webhook not delivered, collection=%s attempt=%d reason=%s again in %d ms: %s",
                turn.collection(), turn.attempt(), why.reason(), pause.toMillis(), why.message());
        progress.postpone(turn, pause);
    }

    private Duration pause(int attempt) {
        long millis = config.firstPause().toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS);
        long bounded = Math.min(millis, config.maxPause().toMillis());
        return Duration.ofMillis(bounded + ThreadLocalRandom.current().nextLong(bounded / 2 + 1));
    }
}
