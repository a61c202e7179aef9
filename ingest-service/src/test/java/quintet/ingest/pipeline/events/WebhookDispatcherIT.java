package quintet.ingest.pipeline.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.ingest.TestConfigs;
import quintet.ingest.adapter.http.WebhookReceiver;
import quintet.ingest.adapter.postgres.Database;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.port.EventLog;

/** The webhook over a real database and real HTTP. */
class WebhookDispatcherIT {
    @TempDir
    Path folder;

    private Database database;
    private EventLog log;
    private WebhookReceiver receiver;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void start() throws IOException {
        database = Database.start();
        log = database.events();
        receiver = new WebhookReceiver();
    }

    @AfterEach
    void stop() {
        if (database != null) {
            database.close();
            receiver.close();
        }
    }

    /** A dispatcher of its own each time, as after a kill: nothing is remembered but in the database. */
    private WebhookDispatcher dispatcher(int batch, int maxAttempts) throws IOException {
        return new WebhookDispatcher(
                receiver.webhook(folder),
                database.webhook(),
                log,
                TestConfigs.of(
                        WebhookRetryConfig.class,
                        Map.of(
                                "quintet.ingest.webhook.retry.batch",
                                Integer.toString(batch),
                                "quintet.ingest.webhook.retry.first-pause",
                                "10ms",
                                "quintet.ingest.webhook.retry.max-pause",
                                "20ms",
                                "quintet.ingest.webhook.retry.max-attempts",
                                Integer.toString(maxAttempts))),
                meters);
    }

    private void put(String collection, String id) {
        database.registry()
                .put(
                        new DocumentKey(collection, id),
                        new Attributes("", "", "", "text/plain", Map.of(), List.of()),
                        new Blob(UUID.randomUUID().toString(), 1));
        log.sequence(100);
    }

    private void until(int requests, int batch, int maxAttempts) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (receiver.requests.size() < requests) {
            assertThat(System.nanoTime()).as("%d requests", requests).isLessThan(deadline);
            if (!dispatcher(batch, maxAttempts).deliverOnce()) {
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    /** Returns "previous: ids" of each request of a collection. */
    private List<String> received(String collection) throws IOException {
        List<String> received = new ArrayList<>();
        for (WebhookReceiver.Request request : receiver.requests) {
            JsonNode json = new ObjectMapper().readTree(request.body());
            if (json.get("collection").asText().equals(collection)) {
                List<String> ids = new ArrayList<>();
                json.get("events")
                        .forEach(event -> ids.add(event.get("documentId").asText()));
                received.add(json.get("previousPosition").asLong() + ": " + String.join(",", ids));
            }
        }
        return received;
    }

    @Test
    void deliversEachCollectionInOrderThroughRefusalsAndRestarts() throws IOException {
        put("one", "a");
        put("two", "x");
        put("one", "b");
        put("one", "c");
        receiver.statuses.addAll(List.of(500, 500, 302, 500));
        until(4 + 3, 2, 20);
        assertThat(dispatcher(2, 20).deliverOnce()).isFalse();
        List<String> one = received("one");
        assertThat(one.stream().distinct().toList()).containsExactly("0: a,b", "3: c");
        assertThat(received("two").stream().distinct().toList()).containsExactly("0: x");
    }

    @Test
    void givesUpWhatIsNeverAcceptedAndShowsTheGap() throws IOException {
        put("one", "a");
        put("one", "b");
        receiver.statuses.addAll(List.of(500, 500, 500));
        until(4, 1, 3);
        assertThat(received("one")).containsExactly("0: a", "0: a", "0: a", "1: b");
        assertThat(meters.counter("quintet.ingest.webhook.given.up").count()).isEqualTo(1);
    }

    @Test
    void aPauseHoldsForWhoeverComesNext() throws IOException {
        put("one", "a");
        var turn = database.webhook().take(Duration.ofHours(1)).orElseThrow();
        assertThat(turn.attempt()).isEqualTo(1);
        assertThat(database.webhook().take(Duration.ofHours(1))).isEmpty();
        database.webhook().postpone(turn, Duration.ZERO);
        var again = database.webhook().take(Duration.ofHours(1)).orElseThrow();
        assertThat(again.attempt()).isEqualTo(2);
        database.webhook().advance(again, 1);
        assertThat(database.webhook().take(Duration.ofHours(1))).isEmpty();
    }
}
