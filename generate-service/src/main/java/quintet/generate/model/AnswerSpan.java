package quintet.generate.model;

/**
 * Where a reader sees the answer in a passage.
 *
 * @param start offset of the first character in the passage's text, in UTF-16 code units
 * @param end offset behind the last character
 */
public record AnswerSpan(int start, int end) {}
