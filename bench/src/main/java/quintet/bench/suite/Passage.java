package quintet.bench.suite;

/**
 * A passage that a search found or an answer may use.
 *
 * @param filename empty if none
 * @param page page of its first character, from 1; 0 where there are no pages
 * @param pageEnd page of its last character, likewise
 * @param score what the hits are ordered by
 * @param start offset of its first character in the document's cleaned text
 */
public record Passage(
        String documentId, String filename, int page, int pageEnd, String text, double score, int start) {}
