package quintet.retrieve.adapter.qdrant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Numbers;
import quintet.retrieve.model.TimeSpan;

/**
 * What a passage can be filtered by. Names and values together are terms in one field, so that whatever keys a document
 * has, its values and their presence are in an index that is there before the first passage. Numbers, times and the beginnings
 * of texts are compared by size, which takes fields of their own.
 */
final class FilterPayload {
    /** A term per field and value: name, U+0001, value; for a long value name, U+0002, SHA-256. */
    static final String TERMS = "terms";

    /** Names of the fields that have a value. */
    static final String FIELDS = "fields";

    /** Values that read as numbers, by field. */
    static final String NUMBERS = "number";

    /** Seconds since 1970 of values that read as times, by field. */
    static final String SECONDS = "second";

    /** Nanoseconds within the second, by field. */
    static final String NANOS = "nano";

    /** Values as numbers of {@link TextDigits}, by field. */
    static final String DIGITS = "digits";

    private static final char PLAIN = '\u0001';
    private static final char HASHED = '\u0002';
    private static final int MAX_PLAIN_LENGTH = MetadataFilter.MAX_PREFIX_LENGTH;

    private FilterPayload() {}

    /**
     * Returns the payload of a passage. The document's own fields win over metadata keys of the same name, and a key that no
     * filter can name is left out.
     */
    static Map<String, Value> of(String documentId, DocumentInfo info) {
        Map<String, String> fields = new LinkedHashMap<>(info.metadata());
        fields.put("documentId", documentId);
        fields.put("filename", info.filename());
        fields.put("title", info.title());
        fields.put("source", info.source());
        fields.put("mimeType", info.mimeType());
        fields.put("language", info.language());
        fields.entrySet()
                .removeIf(field -> !MetadataFilter.isField(field.getKey())
                        || field.getValue().isEmpty());
        List<String> terms = new ArrayList<>();
        Map<String, Value> numbers = new HashMap<>();
        Map<String, Value> seconds = new HashMap<>();
        Map<String, Value> nanos = new HashMap<>();
        Map<String, Value> digits = new HashMap<>();
        fields.forEach((field, value) -> {
            String key = key(field);
            terms.add(term(field, value));
            Numbers.read(value).ifPresent(number -> numbers.put(key, ValueFactory.value(number)));
            TimeSpan.read(value).map(TimeSpan::first).ifPresent(time -> {
                seconds.put(key, ValueFactory.value(time.getEpochSecond()));
                nanos.put(key, ValueFactory.value((long) time.getNano()));
            });
            if (value.length() <= MetadataFilter.MAX_PREFIX_LENGTH) {
                digits.put(key, digits(value));
            }
        });
        return Map.of(
                TERMS,
                Payload.texts(terms),
                FIELDS,
                Payload.texts(fields.keySet()),
                NUMBERS,
                ValueFactory.value(numbers),
                SECONDS,
                ValueFactory.value(seconds),
                NANOS,
                ValueFactory.value(nanos),
                DIGITS,
                ValueFactory.value(digits));
    }

    private static Value digits(String value) {
        Map<String, Value> groups = new HashMap<>();
        long[] digits = TextDigits.of(value);
        for (int i = 0; i < digits.length; i++) {
            groups.put(group(i), ValueFactory.value(digits[i]));
        }
        return ValueFactory.value(groups);
    }

    /** Returns the paths of a payload that are compared by size, those of which an index is worth while. */
    static Set<String> comparedBySize(Map<String, Value> payload) {
        Set<String> paths = new HashSet<>();
        keys(payload, NUMBERS).forEach(key -> paths.add(NUMBERS + '.' + key));
        keys(payload, SECONDS).forEach(key -> paths.add(SECONDS + '.' + key));
        keys(payload, DIGITS).forEach(key -> paths.add(DIGITS + '.' + key + '.' + group(0)));
        return paths;
    }

    private static Set<String> keys(Map<String, Value> payload, String kind) {
        return payload.getOrDefault(kind, Value.getDefaultInstance())
                .getStructValue()
                .getFieldsMap()
                .keySet();
    }

    /** Returns the term that stands for a value of a field. */
    static String term(String field, String value) {
        return value.length() <= MAX_PLAIN_LENGTH ? field + PLAIN + value : field + HASHED + sha256(value);
    }

    /** Returns the path of what a field has under {@code kind}. */
    static String path(String kind, String field) {
        return kind + '.' + key(field);
    }

    /** Returns the path of a group of the digits of a field. */
    static String digitsPath(String field, int group) {
        return path(DIGITS, field) + '.' + group(group);
    }

    private static String group(int group) {
        return "g" + group;
    }

    /** Returns a field's name as Qdrant takes it in a path: other than letters, digits and hyphens, by their code points. */
    private static String key(String field) {
        StringBuilder key = new StringBuilder();
        field.codePoints().forEach(c -> {
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            if (plain) {
                key.append((char) c);
            } else {
                key.append('_').append(Integer.toHexString(c)).append('_');
            }
        });
        return key.toString();
    }

    private static String sha256(String value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
