package quintet.ingest.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.model.StateEvent;
import quintet.ingest.port.EventLog;
import quintet.ingest.v1.DocumentStateChanged;

class PostgresEventLogIT {
    private static final Attributes GIVEN = new Attributes("a.txt", "", "", "text/plain", Map.of(), List.of());
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
    private final String collection = "events-" + UUID.randomUUID().toString().substring(0, 8);

    private void put(String id) {
        database.registry().put(new DocumentKey(collection, id), GIVEN, new Blob(UUID.randomUUID() + "-", 1));
    }

    private List<StateEvent> sequenced() {
        while (log.sequence(1_000) > 0) {
            continue;
        }
        return log.read(collection, 0, 1_000).events();
    }

    @Test
    void tellsEachStateOnceWithItsFailure() {
        put("a");
        DocumentKey key = new DocumentKey(collection, "a");
        var ref = database.registry().find(key).orElseThrow().ref();
        StageFailure failure = new StageFailure(Stage.PARSE, "CORRUPT_FILE", "it is broken");
        database.progress().begin(ref);
        database.progress().failed(ref, failure);
        database.progress().failed(ref, failure);
        assertThat(sequenced())
                .extracting(StateEvent::state)
                .containsExactly(DocumentState.RECEIVED, DocumentState.FAILED);
        StateEvent last = sequenced().getLast();
        assertThat(last.failure()).isEqualTo(failure);
        assertThat(last.attempts()).isEqualTo(1);
        assertThat(last.version()).isEqualTo(1);
        assertThat(log.head()).isGreaterThanOrEqualTo(last.position());
    }

    /** A transaction draws its number first and commits last: whoever read by number would never see it. */
    @Test
    void aLateCommitGetsALaterPosition() throws SQLException {
        put("early");
        sequenced();
        try (Connection late = database.dataSource().getConnection()) {
            late.setAutoCommit(false);
            Statements.update(late, """
                    insert into pending_event (collection, document_id, version, state, at, chunk_count,
                        chunks_indexed, attempts) values (?, 'late', 1, 'RECEIVED', now(), 0, 0, 0)""", collection);
            put("quick");
            assertThat(sequenced()).extracting(StateEvent::documentId).containsExactly("early", "quick");
            late.commit();
        }
        assertThat(sequenced()).extracting(StateEvent::documentId).containsExactly("early", "quick", "late");
    }

    @Test
    void aReaderSeesEveryEventOnceAndInOrderWithManyWritersAndSequencers() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        int writers = 6;
        int each = 40;
        AtomicInteger writing = new AtomicInteger(writers);
        List<StateEvent> seen = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String name = "w" + w + "-";
                Random random = new Random(seed + w);
                work.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        writeSlowly(name + i, random.nextInt(4));
                    }
                    writing.decrementAndGet();
                    return null;
                }));
            }
            for (int s = 0; s < 3; s++) {
                work.add(threads.submit(() -> {
                    EventLog own = database.events();
                    while (writing.get() > 0 || own.sequence(7) > 0) {
                        own.sequence(7);
                    }
                }));
            }
            long position = 0;
            boolean last = false;
            while (true) {
                List<StateEvent> page = log.read(collection, position, 5).events();
                for (StateEvent event : page) {
                    assertThat(event.position()).isGreaterThan(position);
                    position = event.position();
                    seen.add(event);
                }
                boolean done = work.stream().allMatch(Future::isDone);
                if (page.isEmpty() && last) {
                    break;
                }
                last = done;
            }
            for (Future<?> each1 : work) {
                each1.get();
            }
        }
        assertThat(seen)
                .as("seed %d", seed)
                .hasSize(writers * each)
                .extracting(StateEvent::documentId)
                .doesNotHaveDuplicates();
    }

    /** Keeps its transaction open for so long. */
    private void writeSlowly(String id, int millis) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Statements.update(connection, """
                    insert into pending_event (collection, document_id, version, state, at, chunk_count,
                        chunks_indexed, attempts) values (?, ?, 1, 'RECEIVED', now(), 0, 0, 0)""", collection, id);
            var _ = Statements.first(connection, "select pg_sleep(?::float / 1000)", _ -> true, millis);
            connection.commit();
        }
    }

    @Test
    void forgetsWhatIsTooMuchAndSaysUpToWhere() {
        for (int i = 0; i < 10; i++) {
            put("d" + i);
        }
        List<StateEvent> all = sequenced();
        assertThat(log.read(collection, 0, 100).floor()).isZero();
        assertThat(log.prune(Duration.ofDays(30), 4)).isGreaterThanOrEqualTo(6);
        EventLog.Page left = log.read(collection, 0, 100);
        assertThat(left.events()).isEqualTo(all.subList(6, 10));
        assertThat(left.floor()).isEqualTo(all.get(5).position());
        log.prune(Duration.ZERO, 100);
        assertThat(log.read(collection, 0, 100).events()).isEmpty();
        assertThat(log.read(collection, 0, 100).floor()).isEqualTo(all.get(9).position());
        assertThat(log.prune(Duration.ZERO, 100)).isZero();
    }

    @Test
    void publishesInOrderAndAgainWhatWasNotConfirmed() throws Exception {
        put("a");
        put("b");
        List<StateEvent> all = sequenced();
        assertThatThrownBy(() -> log.publish(1_000, _ -> {
                    throw new IllegalStateException("the broker is down");
                }))
                .isInstanceOf(IllegalStateException.class);
        List<OutboxEntry> published = new ArrayList<>();
        log.publish(1_000, entries -> {
            published.addAll(entries);
            assertThat(database.events().publish(1_000, published::addAll)).isZero();
        });
        List<String> mine = new ArrayList<>();
        for (OutboxEntry entry : published) {
            DocumentStateChanged event =
                    DocumentStateChanged.parseFrom(entry.payload().bytes());
            if (event.getCollection().equals(collection)) {
                mine.add(event.getPosition() + " " + event.getDocumentId() + " " + event.getState());
            }
        }
        assertThat(mine)
                .containsExactly(
                        all.get(0).position() + " a RECEIVED", all.get(1).position() + " b RECEIVED");
        assertThat(log.publish(1_000, _ -> {})).isZero();
    }
}
