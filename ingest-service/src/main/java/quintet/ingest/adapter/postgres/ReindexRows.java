package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.update;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.GenerationComparison;
import quintet.ingest.model.IndexChoice;
import quintet.ingest.model.Reindex;
import quintet.ingest.model.Reindex.Notice;
import quintet.ingest.model.ReindexOrder;
import quintet.ingest.model.ReindexState;
import quintet.ingest.model.SwitchRule;

/** Rows of table {@code reindex}, within a transaction. */
final class ReindexRows {
    /** Selects re-indexes; append conditions on {@code r}. */
    static final String SELECT =
            "select r.*, c.settings from reindex r join collection c on c.name = r.new_collection ";

    private ReindexRows() {}

    /** Inserts a re-index that begins; returns its id. */
    static long insert(Connection connection, String base, String live, String generation, ReindexOrder order)
            throws SQLException {
        IndexChoice index = order.index();
        return first(
                        connection,
                        """
                        insert into reindex (base, old_collection, new_collection, state, index_kind, index_parameters,
                            switch_mode, max_ndcg_loss, min_overlap)
                        values (?, ?, ?, 'BUILDING', ?, ?::jsonb, ?, ?, ?) returning id""",
                        row -> row.getLong(1),
                        base,
                        live,
                        generation,
                        index == null ? null : index.kind(),
                        index == null ? "{}" : ReindexJson.write(index.parameters()),
                        order.rule().mode(),
                        order.rule().maxNdcgLoss(),
                        order.rule().minOverlap())
                .orElseThrow();
    }

    static Optional<Reindex> find(Connection connection, long id) throws SQLException {
        return first(connection, SELECT + "where r.id = ?", ReindexRows::read, id);
    }

    /** Locks a re-index and returns it as it is, if it is still in the state of {@code seen}. */
    static Optional<Reindex> lock(Connection connection, Reindex seen) throws SQLException {
        return first(
                connection,
                SELECT + "where r.id = ? and r.state = ? for update of r",
                ReindexRows::read,
                seen.id(),
                seen.state());
    }

    /** Brings a re-index to a state. */
    static void move(
            Connection connection,
            long id,
            ReindexState to,
            @Nullable GenerationComparison comparison,
            @Nullable Notice notice)
            throws SQLException {
        update(
                connection,
                """
                update reindex set state = ?, comparison = coalesce(?::jsonb, comparison), reason = ?, message = ?,
                    attempts = 0, changed_at = clock_timestamp()
                where id = ?""",
                to,
                ReindexJson.write(comparison),
                notice == null ? null : notice.reason(),
                notice == null ? null : notice.message(),
                id);
    }

    static Reindex read(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return new Reindex(
                row.getLong("id"),
                row.getString("base"),
                row.getString("old_collection"),
                row.getString("new_collection"),
                ReindexState.valueOf(row.getString("state")),
                order(row),
                row.getBoolean("copied"),
                ReindexJson.comparison(row.getString("comparison")),
                reason == null ? null : new Notice(reason, row.getString("message")),
                row.getInt("attempts"),
                instant(row, "started_at"),
                instant(row, "changed_at"));
    }

    private static ReindexOrder order(ResultSet row) throws SQLException {
        String kind = row.getString("index_kind");
        return new ReindexOrder(
                SettingsJson.read(row.getString("settings")),
                kind == null ? null : new IndexChoice(kind, ReindexJson.numbers(row.getString("index_parameters"))),
                new SwitchRule(
                        SwitchRule.Mode.valueOf(row.getString("switch_mode")),
                        row.getDouble("max_ndcg_loss"),
                        row.getDouble("min_overlap")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
