package quintet.ingest.adapter.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quintet.ingest.model.Selection;

/**
 * A selection as a condition on {@code document d}.
 *
 * @param condition SQL with a place for each parameter, the collection's first
 * @param parameters in their order
 */
record SelectionSql(String condition, List<Object> parameters) {
    private static final Map<String, String> FIELDS = Map.of(
            "filename", "d.given_filename",
            "title", "case when d.given_title = '' then d.found_title else d.given_title end",
            "source", "d.given_source",
            "mimeType", "case when d.found_mime_type = '' then d.given_mime_type else d.found_mime_type end",
            "language", "d.found_language");

    static SelectionSql of(Connection connection, String collection, Selection selection) throws SQLException {
        StringBuilder condition = new StringBuilder("d.collection = ? and d.state <> 'DELETED' and not d.doomed");
        List<Object> parameters = new ArrayList<>(List.of(collection));
        switch (selection) {
            case Selection.Everything _ -> {}
            case Selection.Matching matching -> {
                if (!matching.ids().isEmpty()) {
                    condition.append(" and d.document_id = any (?)");
                    parameters.add(array(connection, matching.ids()));
                }
                if (!matching.states().isEmpty()) {
                    condition.append(" and d.state = any (?)");
                    parameters.add(connection.createArrayOf(
                            "text", matching.states().stream().map(Enum::name).toArray()));
                }
                for (Map.Entry<String, Set<String>> field : matching.fields().entrySet()) {
                    String column = FIELDS.get(field.getKey());
                    if (column == null) {
                        condition.append(" and (d.found_metadata || d.given_metadata) ->> ? = any (?)");
                        parameters.add(field.getKey());
                    } else {
                        condition.append(" and ").append(column).append(" = any (?)");
                    }
                    parameters.add(array(connection, field.getValue()));
                }
            }
        }
        return new SelectionSql(condition.toString(), parameters);
    }

    private static java.sql.Array array(Connection connection, Set<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }
}
