package quintet.ingest.adapter.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/** Runs work in one transaction, on the calling thread. */
@ApplicationScoped
class Transactions {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final int ATTEMPTS = 3;

    private final DataSource dataSource;

    Transactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Returns what {@code work} returns, committed. Rolls back if it throws; tries again if another transaction was in the
     * way, so the work must be repeatable.
     */
    <T extends @Nullable Object> T call(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (!collided(e) || attempt == ATTEMPTS) {
                    throw toFailure(e);
                }
            }
        }
    }

    /** Runs {@code work} and commits it, as {@link #call} does. */
    void run(Step step) {
        boolean _ = call(connection -> {
            step.run(connection);
            return true;
        });
    }

    private <T extends @Nullable Object> T once(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    private static void rollback(Connection connection, Throwable why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    private static boolean collided(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("40") || state.equals(UNIQUE_VIOLATION);
    }

    /** Classes 22, 23 and 42 are faults of our statements; all others come from outside. */
    static Failure toFailure(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith("22") || state.startsWith("23") || state.startsWith("42")) {
            return Failure.internal(e);
        }
        return Failure.unavailable("DATABASE_UNAVAILABLE", "the database does not answer", e);
    }

    /** Work within a transaction that returns nothing. */
    @FunctionalInterface
    interface Step {
        void run(Connection connection) throws SQLException;
    }

    /** Work within a transaction. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }
}
