package quintet.generate.model;

import java.util.List;

/**
 * Keeps passages whose field has one of the values.
 *
 * @param field documentId, filename, title, source, mimeType, language or a metadata key
 * @param values compared exactly, at least one
 */
public record FieldValues(String field, List<String> values) {
    /** Copies the values. */
    public FieldValues {
        values = List.copyOf(values);
    }
}
