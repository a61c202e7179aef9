package quintet.retrieve.model;

/**
 * A value of a field that a query names.
 *
 * @param value as the field has it
 * @param words as they stand in the query
 */
public record KnownValue(String field, String value, String words) {}
