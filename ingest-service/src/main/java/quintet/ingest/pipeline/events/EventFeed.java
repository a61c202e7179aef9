package quintet.ingest.pipeline.events;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.StateEvent;
import quintet.ingest.port.EventLog;

/**
 * Streams the state changes of a collection to a client, page by page from the database: what a client holds in memory is
 * bounded by a page, and any replica can go on where another one ended. Blocking: each stream has a virtual thread.
 */
@ApplicationScoped
public class EventFeed {
    private static final Logger LOG = Logger.getLogger(EventFeed.class);

    private final EventLog log;
    private final EventHead head;
    private final int page;
    private final int maxStreams;
    private final Duration heartbeat;
    private final Duration slowReader;
    private final Semaphore free;

    /** The shutdown event comes only after the streams have ended, so the signal itself ends them. */
    private final Thread onSignal = new Thread(this::end, "end-event-streams");

    EventFeed(EventLog log, EventHead head, EventsConfig config) {
        this.log = log;
        this.head = head;
        page = config.page();
        maxStreams = config.maxStreams();
        heartbeat = config.heartbeat();
        slowReader = config.slowReader();
        free = new Semaphore(maxStreams);
    }

    /** Where a stream goes. Each method returns a stage that completes once the client's connection has taken it. */
    public interface Client {
        /** The stream begins after {@code position}. */
        CompletionStage<?> open(long position);

        /** A state change. */
        CompletionStage<?> changed(StateEvent event);

        /** Events after the one that the client saw last are gone: it reads the documents again and goes on from here. */
        CompletionStage<?> reset(long position, String reason);

        /** Nothing has happened. */
        CompletionStage<?> heartbeat();

        /** The last thing that the client is told. */
        CompletionStage<?> end(String reason);

        /** Returns whether the client has left. */
        boolean gone();
    }

    void start(@Observes StartupEvent event) {
        Runtime.getRuntime().addShutdownHook(onSignal);
    }

    @PreDestroy
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException stopping) {
            LOG.debug("the process is stopping");
        }
    }

    void stop(@Observes ShutdownEvent event) {
        end();
    }

    private void end() {
        head.close();
    }

    /**
     * Streams until the client leaves, is too slow, or the service stops.
     *
     * @param after position that the client saw last; absent to begin with what happens from now on
     */
    public void stream(String collection, @Nullable Long after, Client client) {
        if (!free.tryAcquire()) {
            throw Failure.overloaded(
                    "OVERLOADED", "%d event streams are open, the limit".formatted(maxStreams), Duration.ofSeconds(5));
        }
        try {
            long newest = log.head();
            follow(collection, after, newest, client);
        } catch (TimeoutException e) {
            LOG.infof("event stream cut, reason=SLOW_READER collection=%s", collection);
            var _ = client.end("SLOW_READER");
        } catch (ExecutionException e) {
            LOG.debugf("event stream ended by its client, collection=%s: %s", collection, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var _ = client.end("STOPPING");
        } finally {
            free.release();
        }
    }

    private void follow(String collection, @Nullable Long after, long newest, Client client)
            throws InterruptedException, ExecutionException, TimeoutException {
        long position = after == null ? newest : after;
        taken(client.open(position));
        if (position > newest) {
            // Positions of another database, such as the one before a restore.
            position = newest;
            taken(client.reset(position, "EVENTS_UNKNOWN"));
        }
        while (!client.gone()) {
            if (head.closed()) {
                taken(client.end("STOPPING"));
                return;
            }
            long known = Math.max(head.position(), position);
            EventLog.Page events;
            try {
                events = log.read(collection, position, page);
            } catch (Failure failure) {
                taken(client.end(failure.reason()));
                return;
            }
            if (events.floor() > position) {
                position = events.floor();
                taken(client.reset(position, "EVENTS_EXPIRED"));
                continue;
            }
            for (StateEvent event : events.events()) {
                taken(client.changed(event));
                position = event.position();
            }
            if (events.events().size() < page && !head.await(known, heartbeat)) {
                taken(client.heartbeat());
            }
        }
    }

    private void taken(CompletionStage<?> sent) throws InterruptedException, ExecutionException, TimeoutException {
        var _ = sent.toCompletableFuture().get(slowReader.toMillis(), TimeUnit.MILLISECONDS);
    }
}
