package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.update;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CollectionOverview;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.port.CollectionRegistry;

/** {@link CollectionRegistry} in PostgreSQL. */
@ApplicationScoped
class PostgresCollectionRegistry implements CollectionRegistry {
    private static final String OVERVIEWS = """
            select c.name, c.settings, c.created_at, (
                select jsonb_object_agg(s.state, s.documents::text) from (
                    select d.state, count(*) as documents from document d where d.collection = c.name group by d.state) s
                ) as counts
            from collection c
            """;

    private final Transactions transactions;

    PostgresCollectionRegistry(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean put(String name, CollectionSettings settings) {
        return transactions.call(connection -> {
            String collection = changeable(connection, name);
            boolean created = update(
                            connection,
                            "insert into collection (name, settings) values (?, ?::jsonb) on conflict do nothing",
                            collection,
                            SettingsJson.write(settings))
                    == 1;
            if (!created) {
                write(connection, collection, settings);
            }
            return created;
        });
    }

    @Override
    public boolean change(String name, UnaryOperator<CollectionSettings> change) {
        return transactions.call(connection -> {
            String collection = changeable(connection, name);
            Optional<CollectionSettings> before = first(
                    connection,
                    "select settings from collection where name = ? for update",
                    row -> SettingsJson.read(row.getString(1)),
                    collection);
            if (before.isEmpty()) {
                return false;
            }
            write(connection, collection, change.apply(before.get()));
            return true;
        });
    }

    @Override
    public CollectionSettings settings(String collection) {
        return transactions.call(connection -> first(
                        connection,
                        "select settings from collection where name = ?",
                        row -> SettingsJson.read(row.getString(1)),
                        collection)
                .orElse(CollectionSettings.DEFAULT));
    }

    @Override
    public Optional<ChunkingSettings> chunkingOf(DocumentRef ref) {
        return transactions.call(connection -> first(
                        connection,
                        "select chunking from document where collection = ? and document_id = ? and version = ?",
                        row -> SettingsJson.readChunking(row.getString(1)),
                        ref)
                .flatMap(chunking -> chunking));
    }

    @Override
    public Optional<CollectionOverview> find(String collection) {
        return transactions.call(connection -> first(
                connection,
                OVERVIEWS + "where c.name = ?",
                PostgresCollectionRegistry::overview,
                Generations.live(connection, collection)));
    }

    @Override
    public List<CollectionOverview> list() {
        return transactions.call(connection -> Statements.list(
                connection, OVERVIEWS + "where c.live order by c.base", PostgresCollectionRegistry::overview));
    }

    /** Returns the generation whose settings can be changed: while there are two, they differ by these. */
    private static String changeable(Connection connection, String name) throws SQLException {
        Generations.Writes writes = Generations.hold(connection, name);
        if (writes.twin() != null) {
            throw Failure.conflict(
                    "REINDEX_ACTIVE",
                    "collection '%s' is being re-indexed, its settings can be changed when that is finished or discarded",
                    DocumentKey.shown(name));
        }
        return writes.live();
    }

    private static void write(Connection connection, String collection, CollectionSettings settings)
            throws SQLException {
        update(
                connection,
                "update collection set settings = ?::jsonb where name = ?",
                SettingsJson.write(settings),
                collection);
    }

    private static CollectionOverview overview(ResultSet row) throws SQLException {
        return new CollectionOverview(
                row.getString("name"),
                SettingsJson.read(row.getString("settings")),
                counts(row.getString("counts")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static Map<DocumentState, Long> counts(@Nullable String json) {
        Map<DocumentState, Long> counts = new EnumMap<>(DocumentState.class);
        JsonMaps.read(json)
                .forEach((state, documents) -> counts.put(DocumentState.valueOf(state), Long.valueOf(documents)));
        return counts;
    }
}
