package quintet.retrieve.adapter.lucene;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.lucene.util.NumericUtils;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Numbers;
import quintet.retrieve.model.TimeSpan;

/**
 * What a passage can be filtered by, all in one Lucene field: a term per field and value, and another one that sorts by size
 * where the value is a number or a time. A term is the field's name, a marker that no name contains, and the value.
 */
final class FilterTerms {
    static final String FIELD = "filter";

    /** Before a value as it is. */
    static final char PLAIN = '\u0001';

    /** Before the hash of a value that is too long. */
    static final char HASHED = '\u0002';

    /** Before a number, 8 bytes. */
    static final char NUMBER = '\u0003';

    /** Before a time, 8 bytes of seconds and 4 of nanoseconds. */
    static final char TIME = '\u0004';

    /** Behind a name that has a value. */
    static final char PRESENT = '\u0005';

    /** On each passage that has terms of numbers, times and presence; passages of earlier releases have none. */
    static final BytesRef SORTABLE = new BytesRef(String.valueOf(NUMBER));

    private static final int MAX_PLAIN_LENGTH = MetadataFilter.MAX_PREFIX_LENGTH;

    private FilterTerms() {}

    /**
     * Returns the terms of a passage. The document's own fields win over metadata keys of the same name, and a key that no
     * filter can name has none.
     */
    static List<BytesRef> of(String documentId, DocumentInfo info) {
        Map<String, String> fields = new LinkedHashMap<>(info.metadata());
        fields.put("documentId", documentId);
        fields.put("filename", info.filename());
        fields.put("title", info.title());
        fields.put("source", info.source());
        fields.put("mimeType", info.mimeType());
        fields.put("language", info.language());
        List<BytesRef> terms = new ArrayList<>();
        terms.add(SORTABLE);
        fields.forEach((field, value) -> {
            if (MetadataFilter.isField(field) && !value.isEmpty()) {
                terms.add(first(field, PRESENT));
                terms.add(exact(field, value));
                Numbers.read(value).ifPresent(number -> terms.add(number(field, number)));
                TimeSpan.read(value).ifPresent(span -> terms.add(time(field, span.first())));
            }
        });
        return terms;
    }

    /** Lucene refuses terms of more than 32,766 bytes, so a long value is stood for by its hash. */
    static BytesRef exact(String field, String value) {
        return new BytesRef(
                value.length() <= MAX_PLAIN_LENGTH ? field + PLAIN + value : field + HASHED + sha256(value));
    }

    /** Returns the first term that can follow the name and the marker. */
    static BytesRef first(String field, char marker) {
        return new BytesRef(field + marker);
    }

    static BytesRef number(String field, double value) {
        byte[] bytes = new byte[Long.BYTES];
        NumericUtils.longToSortableBytes(NumericUtils.doubleToSortableLong(value), bytes, 0);
        return term(field, NUMBER, bytes);
    }

    static BytesRef time(String field, Instant value) {
        byte[] bytes = new byte[Long.BYTES + Integer.BYTES];
        NumericUtils.longToSortableBytes(value.getEpochSecond(), bytes, 0);
        NumericUtils.intToSortableBytes(value.getNano(), bytes, Long.BYTES);
        return term(field, TIME, bytes);
    }

    private static BytesRef term(String field, char marker, byte[] bytes) {
        BytesRefBuilder term = new BytesRefBuilder();
        term.append(first(field, marker));
        term.append(bytes, 0, bytes.length);
        return term.toBytesRef();
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
