package quintet.ingest.adapter.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.DuplicateKind;
import quintet.ingest.model.DuplicateOf;
import quintet.ingest.model.Duplicates;
import quintet.ingest.model.Findings;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;

/** Reads rows of table {@code document}, each with the times of its newest version. */
final class DocumentRows {
    /** Of a {@link quintet.ingest.model.DocumentKey}. */
    static final String OF_DOCUMENT = " where collection = ? and document_id = ?";

    /** Of a {@link quintet.ingest.model.DocumentRef}. */
    static final String OF_VERSION = OF_DOCUMENT + " and version = ?";

    /** Selects documents; append conditions on {@code d}. */
    static final String SELECT = """
            select d.*, (select jsonb_object_agg(c.state, to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
                         from state_change c
                         where c.collection = d.collection and c.document_id = d.document_id and c.version = d.version)
                        as times,
                   (select coalesce(sum(e.reused), 0) from part_embedding e
                    where e.collection = d.collection and e.document_id = d.document_id and e.version = d.version)
                        as chunks_reused,
                   (select jsonb_build_object('documentId', a.original_id, 'kind', a.kind, 'score', a.score)
                        from alias a
                        where a.collection = d.collection and a.document_id = d.document_id and a.version = d.version)
                        as duplicate_of,
                   array(select a.document_id from alias a
                        where a.collection = d.collection and a.original_id = d.document_id
                        order by a.document_id limit 100) as aliases,
                   (select count(*) from alias a where a.collection = d.collection and a.original_id = d.document_id)
                        as alias_count
            from document d
            """;

    private DocumentRows() {}

    static Optional<Document> find(Connection connection, DocumentKey key) throws SQLException {
        return Statements.first(
                connection, SELECT + "where d.collection = ? and d.document_id = ?", DocumentRows::read, key);
    }

    static Document read(ResultSet row) throws SQLException {
        return new Document(
                DocumentRef.of(row.getString("collection"), row.getString("document_id"), row.getLong("version")),
                DocumentState.valueOf(row.getString("state")),
                new Attributes(
                        row.getString("given_filename"),
                        row.getString("given_title"),
                        row.getString("given_source"),
                        row.getString("given_mime_type"),
                        JsonMaps.read(row.getString("given_metadata")),
                        texts(row, "given_groups")),
                found(row),
                new Blob(row.getString("sha256"), row.getLong("size_bytes")),
                new Document.Progress(
                        row.getInt("chunk_count"),
                        row.getInt("chunks_indexed"),
                        row.getInt("chunks_reused"),
                        row.getInt("attempts"),
                        row.getLong("ready_version")),
                failure(row),
                times(row.getString("times")),
                row.getString("trace_id"),
                duplicates(row));
    }

    static Findings found(ResultSet row) throws SQLException {
        return new Findings(
                row.getString("found_mime_type"),
                row.getString("found_title"),
                row.getString("found_language"),
                row.getInt("found_page_count"),
                JsonMaps.read(row.getString("found_metadata")));
    }

    private static @Nullable StageFailure failure(ResultSet row) throws SQLException {
        String stage = row.getString("failure_stage");
        return stage == null
                ? null
                : new StageFailure(
                        Stage.valueOf(stage), row.getString("failure_reason"), row.getString("failure_message"));
    }

    private static Duplicates duplicates(ResultSet row) throws SQLException {
        Map<String, String> of = JsonMaps.read(row.getString("duplicate_of"));
        List<String> aliases = texts(row, "aliases");
        return new Duplicates(
                of.isEmpty()
                        ? null
                        : new DuplicateOf(
                                value(of, "documentId"),
                                DuplicateKind.valueOf(value(of, "kind")),
                                Double.parseDouble(value(of, "score"))),
                aliases,
                row.getInt("alias_count"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Stream.of((Object[]) row.getArray(column).getArray())
                .map(String::valueOf)
                .toList();
    }

    private static String value(Map<String, String> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static Map<DocumentState, Instant> times(@Nullable String json) {
        Map<DocumentState, Instant> times = new EnumMap<>(DocumentState.class);
        JsonMaps.read(json).forEach((state, at) -> times.put(DocumentState.valueOf(state), Instant.parse(at)));
        return times;
    }
}
