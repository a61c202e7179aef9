package quintet.bench.data;

/**
 * A stretch of a text.
 *
 * @param start offset of the first character
 * @param end offset behind the last one, not below {@code start}
 */
public record Span(int start, int end) {
    /** Returns how long it is. */
    public int length() {
        return end - start;
    }
}
