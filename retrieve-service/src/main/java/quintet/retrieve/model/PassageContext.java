package quintet.retrieve.model;

/**
 * What is read in place of a passage that is matched for its small size: the window or the parent around it.
 *
 * @param text the characters themselves
 * @param start offset of the first character in the document's cleaned text, in UTF-16 code units
 * @param end offset behind the last character
 * @param page page of the first character, from 1; 0 where the format has no pages
 * @param pageEnd page of the last character, from 1; 0 where the format has no pages
 */
public record PassageContext(String text, int start, int end, int page, int pageEnd) {}
