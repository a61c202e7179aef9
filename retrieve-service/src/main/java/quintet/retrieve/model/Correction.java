package quintet.retrieve.model;

/**
 * A word that a collection does not know, and the nearest one that it knows.
 *
 * @param word as it stands in the query
 * @param correction in lower case
 */
public record Correction(String word, String correction) {}
