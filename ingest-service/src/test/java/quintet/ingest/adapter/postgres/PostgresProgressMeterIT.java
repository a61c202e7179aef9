package quintet.ingest.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.QueueAhead;
import quintet.ingest.model.Throughput;
import quintet.ingest.port.ProgressMeter;

class PostgresProgressMeterIT {
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

    private final ProgressMeter meter = new PostgresProgressMeter(database.transactions());

    @BeforeEach
    void empty() {
        execute("truncate document_event, collection cascade");
        execute("insert into collection (name) values ('meter')");
    }

    /** A document that was received and became READY so long ago. */
    private static void ready(int position, int receivedSecondsAgo, int readySecondsAgo, int chunks) {
        String id = "d" + position;
        document(id, "READY", receivedSecondsAgo);
        execute("""
                    insert into document_event (position, collection, document_id, version, state, at, chunk_count,
                        chunks_indexed, attempts)
                values (?, 'meter', ?, 1, 'READY', now() - ? * interval '1 second', ?, ?, 1)""", (long) position, id, readySecondsAgo, chunks, chunks);
    }

    private static void document(String id, String state, int receivedSecondsAgo) {
        execute("""
                insert into document (collection, document_id, version, state, given_filename, given_title, given_source,
                    given_mime_type, given_metadata, sha256, size_bytes, received_at)
                values ('meter', ?, 1, ?, '', '', '', '', '{}', '', 1, now() - ? * interval '1 second')""", id, state, receivedSecondsAgo);
        execute("""
                insert into state_change (collection, document_id, version, state, at)
                select collection, document_id, version, 'RECEIVED', received_at from document where document_id = ?""", id);
    }

    private static void execute(String sql, Object... parameters) {
        try (var connection = database.dataSource().getConnection()) {
            Statements.update(connection, sql, parameters);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Throughput throughput() {
        return meter.throughput(Duration.ofMinutes(5));
    }

    @Test
    void measuresFromTheFirstEventInTheWindowOn() {
        assertThat(throughput()).isEqualTo(new Throughput(0, 0, 0));
        ready(1, 1010, 1000, 500);
        ready(2, 30, 20, 99);
        ready(3, 30, 10, 30);
        ready(4, 30, 5, 10);
        Throughput rates = throughput();
        assertThat(rates.documentsPerSecond()).isCloseTo(2 / 15.0, within(0.01));
        assertThat(rates.chunksPerSecond()).isCloseTo(40 / 15.0, within(0.2));
        assertThat(rates.chunksPerDocument()).isEqualTo(20);
    }

    @Test
    void leavesOutTheTimeInWhichNothingWasOnItsWay() {
        ready(1, 282, 280, 10);
        ready(2, 102, 100, 10);
        assertThat(throughput().documentsPerSecond()).isCloseTo(1 / 2.0, within(0.1));
        ready(3, 101, 98, 10);
        assertThat(throughput().documentsPerSecond()).isCloseTo(2 / 4.0, within(0.1));
    }

    @Test
    void countsTheTimeThatADocumentIsOnItsWayAlready() {
        ready(1, 282, 280, 10);
        ready(2, 102, 100, 10);
        document("failed", "FAILED", 200);
        document("under-way", "CHUNKED", 18);
        assertThat(throughput().documentsPerSecond()).isCloseTo(1 / 20.0, within(0.01));
    }

    @Test
    void countsWhatCameEarlierAndIsStillOnItsWay() {
        DocumentKey first = new DocumentKey("queue", "first");
        DocumentKey second = new DocumentKey("queue", "second");
        for (DocumentKey key : new DocumentKey[] {first, second}) {
            database.registry()
                    .put(
                            key,
                            new Attributes("", "", "", "text/plain", Map.of(), List.of()),
                            new Blob("6".repeat(64), 1));
        }
        assertThat(meter.ahead(second)).contains(new QueueAhead(2, 2, 0));
        assertThat(meter.ahead(first)).contains(new QueueAhead(1, 1, 0));
        database.registry().delete(first);
        assertThat(meter.ahead(second)).contains(new QueueAhead(1, 1, 0));
        assertThat(meter.ahead(first)).isEmpty();
        assertThat(meter.ahead(new DocumentKey("queue", "nobody"))).isEmpty();
    }
}
