package quintet.ingest.adapter.postgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import quintet.ingest.port.DocumentRegistry;
import quintet.ingest.port.DocumentRegistryContract;
import quintet.ingest.port.Outbox;
import quintet.ingest.port.VersionProgress;

class PostgresDocumentRegistryIT implements DocumentRegistryContract {
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

    @Override
    public DocumentRegistry registry() {
        return database.registry();
    }

    @Override
    public VersionProgress progress() {
        return database.progress();
    }

    @Override
    public Outbox outbox() {
        return database.outbox();
    }
}
