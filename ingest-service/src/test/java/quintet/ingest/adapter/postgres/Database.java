package quintet.ingest.adapter.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import quintet.ingest.EmbeddedPostgres;
import quintet.ingest.TestConfigs;
import quintet.ingest.port.CollectionRegistry;
import quintet.ingest.port.Deletions;
import quintet.ingest.port.DocumentRegistry;
import quintet.ingest.port.EventLog;
import quintet.ingest.port.Outbox;
import quintet.ingest.port.QuestionStore;
import quintet.ingest.port.ReindexRegistry;
import quintet.ingest.port.VersionProgress;
import quintet.ingest.port.WebhookProgress;

/** A migrated database of one test class, and the adapters over it: a new one each time, like a process that begins anew. */
public final class Database implements AutoCloseable {
    private final EmbeddedPostgres postgres = EmbeddedPostgres.start();
    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();

    /** Skips the test where no PostgreSQL can be started, and says why. */
    public static Database start() {
        assumeTrue(EmbeddedPostgres.unavailable().isEmpty(), EmbeddedPostgres.unavailable());
        return new Database();
    }

    private Database() {
        dataSource.setUrl(postgres.url());
        dataSource.setUser("postgres");
        Flyway.configure().dataSource(dataSource).load().migrate();
    }

    public PGSimpleDataSource dataSource() {
        return dataSource;
    }

    Transactions transactions() {
        return new Transactions(dataSource);
    }

    public DocumentRegistry registry() {
        return new PostgresDocumentRegistry(transactions());
    }

    public VersionProgress progress() {
        return new PostgresVersionProgress(transactions());
    }

    Outbox outbox() {
        return new PostgresOutbox(
                transactions(), new FairDispatch(transactions(), TestConfigs.of(DispatchConfig.class, Map.of())));
    }

    public EventLog events() {
        return new PostgresEventLog(transactions());
    }

    public WebhookProgress webhook() {
        return new PostgresWebhookProgress(transactions());
    }

    public ReindexRegistry reindexes() {
        return new PostgresReindexRegistry(transactions());
    }

    public QuestionStore questions() {
        return new PostgresQuestionStore(transactions());
    }

    public CollectionRegistry collections() {
        return new PostgresCollectionRegistry(transactions());
    }

    public Deletions deletions() {
        return new PostgresDeletions(transactions());
    }

    @Override
    public void close() {
        postgres.close();
    }
}
