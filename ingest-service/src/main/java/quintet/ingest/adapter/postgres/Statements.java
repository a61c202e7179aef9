package quintet.ingest.adapter.postgres;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;

/** Statements in one line each. A {@link DocumentKey} stands for two parameters, a {@link DocumentRef} for three. */
final class Statements {
    private Statements() {}

    /** Returns the number of rows changed. */
    @CanIgnoreReturnValue
    static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    static <T> List<T> list(Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(row.read(rows));
                }
                return result;
            }
        }
    }

    static <T> Optional<T> first(Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
            throws SQLException {
        return list(connection, sql, row, parameters).stream().findFirst();
    }

    static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        int i = 1;
        for (Object parameter : parameters) {
            switch (parameter) {
                case DocumentKey key -> {
                    statement.setString(i++, key.collection());
                    statement.setString(i++, key.documentId());
                }
                case DocumentRef ref -> {
                    statement.setString(i++, ref.key().collection());
                    statement.setString(i++, ref.key().documentId());
                    statement.setLong(i++, ref.version());
                }
                case Enum<?> constant -> statement.setString(i++, constant.name());
                case null, default -> statement.setObject(i++, parameter);
            }
        }
    }

    /** Returns an array of texts as a parameter. */
    static java.sql.Array texts(Connection connection, java.util.Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
