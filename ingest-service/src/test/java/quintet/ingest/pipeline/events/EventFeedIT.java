package quintet.ingest.pipeline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.ingest.TestConfigs;
import quintet.ingest.adapter.postgres.Database;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.StateEvent;
import quintet.ingest.port.EventLog;

/** Streams over a real database; the clients are queues. */
class EventFeedIT {
    private static Database database;

    @BeforeAll
    static void start() {
        database = Database.start();
    }

    @AfterAll
    static void stop() {
        if (database != null) {
            database.close();
        }
    }

    private final EventLog log = database.events();
    private final EventHead head = new EventHead();
    private final String collection = "feed-" + UUID.randomUUID().toString().substring(0, 8);

    private EventFeed feed(Map<String, String> config) {
        return new EventFeed(log, head, TestConfigs.of(EventsConfig.class, config));
    }

    /** Remembers what it is told, a line each; takes it at once, or never. */
    private static final class Lines implements EventFeed.Client {
        final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        volatile boolean stuck;
        volatile boolean gone;

        private CompletionStage<?> take(String line) {
            lines.add(line);
            return stuck ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> open(long position) {
            return take("open " + position);
        }

        @Override
        public CompletionStage<?> changed(StateEvent event) {
            return take(event.position() + " " + event.documentId() + " " + event.state());
        }

        @Override
        public CompletionStage<?> reset(long position, String reason) {
            return take("reset %d %s".formatted(position, reason));
        }

        @Override
        public CompletionStage<?> heartbeat() {
            return take("heartbeat");
        }

        @Override
        public CompletionStage<?> end(String reason) {
            return take("end " + reason);
        }

        @Override
        public boolean gone() {
            return gone;
        }

        String next() throws InterruptedException {
            String line = lines.poll(20, TimeUnit.SECONDS);
            assertThat(line).as("a line").isNotNull();
            return line;
        }
    }

    private Thread follow(EventFeed feed, @Nullable Long after, Lines client) {
        return Thread.ofVirtual().start(() -> feed.stream(collection, after, client));
    }

    private void put(String id) {
        database.registry()
                .put(
                        new DocumentKey(collection, id),
                        new Attributes("", "", "", "text/plain", Map.of(), List.of()),
                        new Blob(UUID.randomUUID().toString(), 1));
        while (log.sequence(100) > 0) {
            continue;
        }
        head.advance(log.head());
    }

    @Test
    void tellsWhatHappensFromNowOnAndGoesOnWhereAnotherReplicaEnded() throws Exception {
        put("before");
        long begun = log.head();
        Lines client = new Lines();
        follow(feed(Map.of()), null, client);
        assertThat(client.next()).isEqualTo("open " + begun);
        put("a");
        assertThat(client.next()).isEqualTo((begun + 1) + " a RECEIVED");
        client.gone = true;
        put("b");
        put("c");
        Lines resumed = new Lines();
        EventFeed another = new EventFeed(
                database.events(),
                new EventHead(),
                TestConfigs.of(EventsConfig.class, Map.of("quintet.ingest.events.page", "1")));
        follow(another, begun + 1, resumed);
        assertThat(List.of(resumed.next(), resumed.next(), resumed.next()))
                .containsExactly("open " + (begun + 1), (begun + 2) + " b RECEIVED", (begun + 3) + " c RECEIVED");
        resumed.gone = true;
    }

    @Test
    void beatsWhereNothingHappensAndEndsWithAReason() throws Exception {
        Lines client = new Lines();
        Thread stream = follow(feed(Map.of("quintet.ingest.events.heartbeat", "10ms")), null, client);
        client.next();
        assertThat(client.next()).isEqualTo("heartbeat");
        head.close();
        assertThat(stream.join(Duration.ofSeconds(20))).isTrue();
        assertThat(List.copyOf(client.lines).getLast()).isEqualTo("end STOPPING");
    }

    @Test
    void cutsAReaderThatDoesNotRead() throws Exception {
        EventFeed feed =
                feed(Map.of("quintet.ingest.events.slow-reader", "50ms", "quintet.ingest.events.max-streams", "1"));
        put("a");
        Lines client = new Lines();
        client.stuck = true;
        Thread stream = follow(feed, 0L, client);
        assertThat(stream.join(Duration.ofSeconds(20))).isTrue();
        assertThat(client.lines).containsExactly("open 0", "end SLOW_READER");
        Lines next = new Lines();
        follow(feed, null, next);
        assertThat(next.next()).startsWith("open");
        assertThatThrownBy(() -> feed.stream(collection, null, new Lines()))
                .satisfies(thrown -> assertThat(Failure.of(thrown).reason()).isEqualTo("OVERLOADED"));
        next.gone = true;
        head.close();
    }

    @Test
    void saysSoWhereEventsAreForgottenOrUnknown() throws Exception {
        put("a");
        put("b");
        put("c");
        long newest = log.head();
        log.prune(Duration.ofDays(30), 1);
        Lines late = new Lines();
        follow(feed(Map.of()), newest - 2, late);
        assertThat(List.of(late.next(), late.next(), late.next()))
                .containsExactly(
                        "open " + (newest - 2),
                        "reset %d EVENTS_EXPIRED".formatted(newest - 1),
                        newest + " c RECEIVED");
        Lines stranger = new Lines();
        follow(feed(Map.of()), newest + 1000, stranger);
        assertThat(List.of(stranger.next(), stranger.next()))
                .containsExactly("open " + (newest + 1000), "reset %d EVENTS_UNKNOWN".formatted(newest));
        late.gone = true;
        stranger.gone = true;
        head.close();
    }
}
