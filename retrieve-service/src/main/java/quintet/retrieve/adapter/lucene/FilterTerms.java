package quintet.retrieve.adapter.lucene;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.MetadataFilter;

/** What a passage can be filtered by: a term per field and value, all in one Lucene field. */
final class FilterTerms {
    static final String FIELD = "filter";

    private static final char PLAIN = '\u0001';
    private static final char HASHED = '\u0002';
    private static final int MAX_PLAIN_LENGTH = 1000;

    private FilterTerms() {}

    /** Returns the terms of a passage. The document's own fields win over metadata keys of the same name. */
    static List<String> of(String documentId, DocumentInfo info) {
        Map<String, String> fields = new LinkedHashMap<>(info.metadata());
        fields.put("documentId", documentId);
        fields.put("filename", info.filename());
        fields.put("title", info.title());
        fields.put("source", info.source());
        fields.put("mimeType", info.mimeType());
        fields.put("language", info.language());
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> term(field.getKey(), field.getValue()))
                .toList();
    }

    /** Returns the query of what {@code filter} keeps; matches everything if it keeps everything. */
    static Query query(MetadataFilter filter) {
        return switch (filter) {
            case MetadataFilter.AnyOf any ->
                new TermInSetQuery(
                        FIELD,
                        any.values().stream()
                                .map(value -> new BytesRef(term(any.field(), value)))
                                .toList());
            case MetadataFilter.AllOf all -> {
                BooleanQuery.Builder query = new BooleanQuery.Builder();
                all.filters().forEach(each -> query.add(query(each), Occur.FILTER));
                yield all.filters().isEmpty() ? new MatchAllDocsQuery() : query.build();
            }
        };
    }

    /** Lucene refuses terms of more than 32,766 bytes, so a long value is stood for by its hash. */
    private static String term(String field, String value) {
        return value.length() <= MAX_PLAIN_LENGTH ? field + PLAIN + value : field + HASHED + sha256(value);
    }

    private static String sha256(String value) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
