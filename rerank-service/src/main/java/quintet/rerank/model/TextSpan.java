package quintet.rerank.model;

/**
 * A part of a text.
 *
 * @param start offset of its first character, in UTF-16 code units
 * @param end offset behind its last character
 */
public record TextSpan(int start, int end) {
    /** Checks the order. */
    public TextSpan {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a span from %d to %d is none".formatted(start, end));
        }
    }

    /** Returns its characters. */
    public String in(String text) {
        return text.substring(start, end);
    }
}
