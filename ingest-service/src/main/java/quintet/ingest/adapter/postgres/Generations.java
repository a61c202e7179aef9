package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.list;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.GenerationName;

/**
 * Which generation of a collection is meant, within a transaction. What callers ask for goes by the collection's name and is
 * looked up here; what the stages report goes by the generation's and is not.
 *
 * <p>A write holds the collection's lock with others, {@link #hold}; what changes where writes go holds it alone. So every write
 * of a collection comes wholly before a change or wholly after it.
 */
final class Generations {
    /** First half of the keys of advisory locks, for nothing else. */
    private static final int LOCK = 0x51_67_65_6e;

    private Generations() {}

    /**
     * Where a write goes.
     *
     * @param live the generation that callers see
     * @param twin the one that is written too; absent if no re-index is under way
     */
    record Writes(String live, @Nullable String twin) {
        Optional<DocumentKey> twinOf(DocumentKey key) {
            return Optional.ofNullable(twin).map(key::in);
        }
    }

    /** Returns the generation that a name stands for; the name of a later generation stands for that alone. */
    static String live(Connection connection, String name) throws SQLException {
        if (GenerationName.isLater(name)) {
            return name;
        }
        return first(connection, "select name from collection where base = ? and live", row -> row.getString(1), name)
                .orElse(name);
    }

    static DocumentKey live(Connection connection, DocumentKey key) throws SQLException {
        return key.in(live(connection, key.collection()));
    }

    /** Returns where a write to a collection goes, of whichever generation {@code name} is; so it is until the transaction ends. */
    static Writes hold(Connection connection, String name) throws SQLException {
        String base = GenerationName.base(name);
        // By itself: a statement that waits for a lock sees what was before.
        var _ = list(connection, "select pg_advisory_xact_lock_shared(?, hashtext(?))", _ -> true, LOCK, base);
        String live = live(connection, base);
        Optional<String> twin = first(
                connection,
                "select case when old_collection = ? then new_collection else old_collection end from reindex"
                        + " where base = ? and state not in ('FINISHED', 'DISCARDED')",
                row -> row.getString(1),
                live,
                base);
        return new Writes(live, twin.orElse(null));
    }

    /** Waits for the writes of a collection that are under way, and keeps others off until the transaction ends. */
    static void holdAlone(Connection connection, String base) throws SQLException {
        var _ = list(connection, "select pg_advisory_xact_lock(?, hashtext(?))", _ -> true, LOCK, base);
    }
}
