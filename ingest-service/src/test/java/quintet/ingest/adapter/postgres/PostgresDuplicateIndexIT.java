package quintet.ingest.adapter.postgres;

import com.google.protobuf.InvalidProtocolBufferException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.port.DocumentRegistry;
import quintet.ingest.port.DuplicateIndex;
import quintet.ingest.port.DuplicateIndexContract;
import quintet.ingest.port.Outbox;
import quintet.ingest.port.VersionProgress;
import quintet.ingest.v1.DocumentDeleted;

class PostgresDuplicateIndexIT implements DuplicateIndexContract {
    private static Database database;
    private static Transactions transactions;

    @BeforeAll
    static void start() {
        database = Database.start();
        transactions = database.transactions();
    }

    /** What other tests leave under way would take the room in the lanes. */
    @BeforeEach
    void empty() {
        transactions.run(connection ->
                Statements.update(connection, "truncate outbox, in_flight, fair_share, collection cascade"));
    }

    @AfterAll
    static void stop() {
        if (database != null) {
            database.close();
        }
    }

    @Override
    public DuplicateIndex index() {
        return new PostgresDuplicateIndex(transactions);
    }

    @Override
    public DocumentRegistry registry() {
        return new PostgresDocumentRegistry(transactions);
    }

    @Override
    public VersionProgress progress() {
        return new PostgresVersionProgress(transactions);
    }

    @Override
    public Outbox outbox() {
        return database.outbox();
    }

    /** All events of a document begin alike: collection, document and version. */
    @Override
    public String describe(OutboxEntry entry) {
        try {
            DocumentDeleted event = DocumentDeleted.parseFrom(entry.payload().bytes());
            return "%s %s %d".formatted(entry.routingKey(), event.getDocumentId(), event.getVersion());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
