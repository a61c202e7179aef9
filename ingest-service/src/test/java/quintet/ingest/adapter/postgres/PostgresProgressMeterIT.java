package quintet.ingest.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    private static void ready(int position, int secondsAgo, int chunks) {
        try (var connection = database.dataSource().getConnection()) {
            Statements.update(connection, """
                    insert into document_event (position, collection, document_id, version, state, at, chunk_count,
                        chunks_indexed, attempts)
                    values (?, 'meter', 'd', 1, 'READY', clock_timestamp() - ? * interval '1 second', ?, ?, 1)""", (long) position, secondsAgo, chunks, chunks);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void measuresFromTheFirstEventInTheWindowOn() {
        assertThat(meter.throughput(Duration.ofMinutes(5))).isEqualTo(new Throughput(0, 0, 0));
        ready(1, 1000, 500);
        ready(2, 20, 99);
        ready(3, 10, 30);
        ready(4, 5, 10);
        Throughput rates = meter.throughput(Duration.ofMinutes(5));
        assertThat(rates.documentsPerSecond()).isBetween(0.07, 0.1001);
        assertThat(rates.chunksPerSecond()).isBetween(1.4, 2.001);
        assertThat(rates.chunksPerDocument()).isEqualTo(20);
    }

    @Test
    void countsWhatCameEarlierAndIsStillOnItsWay() {
        DocumentKey first = new DocumentKey("queue", "first");
        DocumentKey second = new DocumentKey("queue", "second");
        for (DocumentKey key : new DocumentKey[] {first, second}) {
            database.registry()
                    .put(key, new Attributes("", "", "", "text/plain", Map.of()), new Blob("6".repeat(64), 1));
        }
        assertThat(meter.ahead(second)).contains(new QueueAhead(2, 2, 0));
        assertThat(meter.ahead(first)).contains(new QueueAhead(1, 1, 0));
        database.registry().delete(first);
        assertThat(meter.ahead(second)).contains(new QueueAhead(1, 1, 0));
        assertThat(meter.ahead(first)).isEmpty();
        assertThat(meter.ahead(new DocumentKey("queue", "nobody"))).isEmpty();
    }
}
